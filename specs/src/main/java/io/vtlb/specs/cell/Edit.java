package io.vtlb.specs.cell;

import java.util.Locale;

/** What the guest last made of the walk of a page since the page was flushed. */
public enum Edit {
  /** Nothing that counts. */
  UNCHANGED,
  /** The walk reaches a leaf and did not before. */
  MAPPED,
  /** It ends at a non-present entry and did not before. */
  UNMAPPED,
  /** It ends at a reserved bit and did not before. */
  MADE_RESERVED,
  /** It reaches another frame. */
  MOVED,
  /** It reaches the same frame by a page of another size. */
  RESIZED,
  /** It lost a right. */
  NARROWED,
  /** It lost none and gained one. */
  WIDENED,
  /** D of the leaf, or A of some entry, was cleared, and nothing else changed. */
  CLEANED;

  /** The constructor's name in the specification. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
