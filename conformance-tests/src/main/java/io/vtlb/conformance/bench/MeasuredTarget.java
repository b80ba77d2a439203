package io.vtlb.conformance.bench;

/**
 * A target to measure.
 *
 * @param shown what reports call it
 * @param name its name as {@code --target} takes it
 */
public record MeasuredTarget(String shown, String name) {

  /** A target that reports call by its name. */
  public MeasuredTarget(String name) {
    this(name, name);
  }
}
