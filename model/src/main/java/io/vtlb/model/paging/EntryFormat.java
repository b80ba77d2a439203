package io.vtlb.model.paging;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;

/** How the entries of a mode are laid out: widths, address fields, and reserved bits. */
public sealed interface EntryFormat permits FourByteFormat, EightByteFormat {

  /** The width of an entry, in bytes. */
  int bytes();

  /** The frame of the root table that CR3 names. */
  long rootFrame(ControlState control);

  /** The frame of the table that an entry names. */
  long tableFrame(long entry);

  /** The first frame of the page that a leaf of this level maps. */
  long leafFrame(long entry, Level level, Profile profile);

  /** True if bit 7 of an entry makes it a leaf where {@link Level.LeafRule#BY_SIZE_BIT} applies. */
  boolean sizeBitCounts(Level level, ControlState control, Profile profile);

  /** The bits that must be clear in a present entry of this level. */
  long reservedBits(Level level, boolean leaf, ControlState control, Profile profile);

  /** True if the entry's execute-disable bit is set. */
  boolean disablesExecution(long entry);

  /** The protection key of a leaf, 0 where the format has none. */
  int protectionKey(long entry);
}
