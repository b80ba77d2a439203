package io.vtlb.model.event;

import java.util.Locale;

/** What a VMM did to its active structure to answer an event. */
public enum ResyncKind {
  /** Nothing, or nothing but dropping entries of the page concerned. */
  NONE,
  /** The entries associated with the event were made to match (claims 5, 18, 29). */
  PARTIAL,
  /** All entries were compared and those that did not match modified (claims 6, 19, 30). */
  FULL,
  /** All entries that a flush covers were invalidated without comparing. */
  FLUSH;

  /** The word in traces and in the target protocol, for example {@code partial}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
