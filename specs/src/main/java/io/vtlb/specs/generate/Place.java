package io.vtlb.specs.generate;

import java.util.Locale;

/** An entry of guest memory that the guest of a small world edits. */
public enum Place {
  /** In the table of the lowest level that is in use at first. */
  FIRST_TABLE,
  /** In the other table of the lowest level. */
  SECOND_TABLE,
  /** At level 2. */
  DIRECTORY,
  /** At level 3, in 4-level paging. */
  UPPER;

  /** The constructor's name in the specification. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
