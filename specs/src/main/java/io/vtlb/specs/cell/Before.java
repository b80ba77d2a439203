package io.vtlb.specs.cell;

import java.util.Locale;

/** What the active entry of a slot was, beside what the guest's structure gave then. */
public enum Before {
  ABSENT,
  MATCHING,
  /** It leads to another frame, or the guest's structure leads nowhere. */
  STALE,
  /** It grants more than the guest's structure, D and the host included. */
  EXCESSIVE,
  /** It lacks something that could be granted. */
  LACKING,
  /** It lacks writes only, which the rights grant and A and D or the host withhold. */
  WITHHELD;

  /** The constructor's name in the specification, without {@code was-}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
