package io.vtlb.conformance.doctor;

import java.util.Locale;

/**
 * One thing that the kit uses, as it was found.
 *
 * @param name what it is
 * @param use what the kit does with it
 * @param need whether the kit can do without
 * @param works true if it was tried and works
 * @param told what was found, on one line
 * @param remedy how to get it; empty if it works
 */
public record Part(String name, String use, Need need, boolean works, String told, String remedy) {

  /** Whether the kit can do without a part. */
  public enum Need {
    /** Nothing can be verified without it. */
    NEEDED,
    /** What needs it is skipped, or refused in one line. */
    OPTIONAL;

    /** The name in reports. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Part works(String name, String use, Need need, String told) {
    return new Part(name, use, need, true, told, "");
  }

  static Part missing(String name, String use, Need need, String told, String remedy) {
    return new Part(name, use, need, false, told, remedy);
  }
}
