package io.vtlb.model.target;

/** How much of itself a target shows; each level includes those before it. */
public enum ObservationLevel {
  /** Level 1: operations and what the guest observes of them. */
  GUEST_VISIBLE(1),
  /** Level 2: also the valid entries of the active structure. */
  ACTIVE_STRUCTURE(2),
  /** Level 3: also the cause and kind of resync of each event. */
  SELF_REPORTING(3);

  private final int number;

  ObservationLevel(int number) {
    this.number = number;
  }

  /** The level's number, 1 to 3. */
  public int number() {
    return number;
  }

  /** True if this level shows at least what {@code other} shows. */
  public boolean shows(ObservationLevel other) {
    return number >= other.number;
  }
}
