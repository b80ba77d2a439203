package io.vtlb.model.paging;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;

/**
 * The entries of PAE, 4-level and 5-level paging: eight bytes, with an execute-disable bit.
 *
 * <p>Source: Intel SDM vol. 3, 4.4, 4.5 and tables 4-8 to 4-20.
 *
 * @param keys true if leaves carry a protection key in bits 62:59
 * @param highestReserved the highest address bit that is reserved above MAXPHYADDR
 */
public record EightByteFormat(boolean keys, int highestReserved) implements EntryFormat {

  /** PAE paging: everything between MAXPHYADDR and XD is reserved. */
  static final EightByteFormat PAE = new EightByteFormat(false, 62);

  /** 4-level and 5-level paging: bits 62:52 are ignored or hold a protection key. */
  static final EightByteFormat LONG = new EightByteFormat(true, 51);

  private static final int HIGHEST_FRAME_BIT = 51;
  private static final int KEY_SHIFT = 59;
  private static final long FRAME_BITS = EntryBits.between(HIGHEST_FRAME_BIT, PageSize.BASE_SHIFT);
  private static final long EXECUTE_DISABLE = 1L << 63;

  @Override
  public int bytes() {
    return 8;
  }

  /** With PAE paging nothing is walked from there: the PDPTE registers are. */
  @Override
  public long rootFrame(ControlState control) {
    return (control.cr3() & FRAME_BITS) >>> PageSize.BASE_SHIFT;
  }

  @Override
  public long tableFrame(long entry) {
    return (entry & FRAME_BITS) >>> PageSize.BASE_SHIFT;
  }

  @Override
  public long leafFrame(long entry, Level level, Profile profile) {
    return (entry & EntryBits.between(HIGHEST_FRAME_BIT, level.shift())) >>> PageSize.BASE_SHIFT;
  }

  /** Only 1 GiB pages need to be offered; 2 MiB pages always are. */
  @Override
  public boolean sizeBitCounts(Level level, ControlState control, Profile profile) {
    return level.pages() < PageSize.LARGE_1G || profile.has(Capability.PAGES_1G);
  }

  @Override
  public long reservedBits(Level level, boolean leaf, ControlState control, Profile profile) {
    long reserved =
        level.reserved() | EntryBits.between(highestReserved, profile.physicalAddressBits());
    if (!control.noExecute()) {
      reserved |= EXECUTE_DISABLE;
    }
    return switch (level.leaf()) {
      case ALWAYS -> reserved;
      case NEVER -> keys ? reserved | profile.vendor().reservedInTopEntries() : reserved;
      case BY_SIZE_BIT ->
          leaf
              // Bit 12 of a large leaf is PAT, not an address bit.
              ? reserved | EntryBits.between(level.shift() - 1, PageSize.BASE_SHIFT + 1)
              : reserved | EntryBits.LARGE;
    };
  }

  @Override
  public boolean disablesExecution(long entry) {
    return (entry & EXECUTE_DISABLE) != 0;
  }

  @Override
  public int protectionKey(long entry) {
    return keys ? (int) (entry >>> KEY_SHIFT) & 0xF : 0;
  }
}
