package io.vtlb.conformance.sweep;

/** The parts of a mode's sweep: which entry ends the walk, and what varies. */
public enum Section {
  /** The two lowest levels in full: a table entry and the PTE below it. */
  BASE_PAGE("4 KiB pages"),
  /** A leaf of the second lowest level, with all that a large leaf may vary in. */
  LARGE_PAGE("large pages"),
  /** A leaf of the third lowest level. */
  HUGE_PAGE("1 GiB pages"),
  /** Each single bit of each pair of adjacent entries, on several processors. */
  EVERY_BIT("every single bit");

  private final String title;

  Section(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** True if the emulator's sample is drawn from it: on one processor, inside a small memory. */
  boolean sampled() {
    return this != EVERY_BIT;
  }
}
