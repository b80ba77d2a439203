package io.vtlb.specs.generate;

import java.util.Locale;

/** What the host of a small world does: to the first frame, or to its log. */
public enum HostAct {
  UNMAPS,
  MAPS,
  MOVES,
  PROTECTS_IT,
  UNPROTECTS_IT,
  STARTS_LOG,
  HARVESTS_LOG;

  /** The constructor's name in the specification. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
