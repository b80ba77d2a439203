package io.vtlb.model.paging;

/** What an entry says to a walk that reads it. */
public enum EntryMeaning {
  /** P=0: the walk stops and nothing else in the entry counts. */
  NOT_PRESENT,
  /** P=1 with a reserved bit set: the walk stops. */
  RESERVED,
  /** The entry names the table of the next level. */
  TABLE,
  /** The entry maps a page. */
  LEAF
}
