package io.vtlb.model.paging;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;

/**
 * The entries of 32-bit paging: four bytes, no execute-disable bit.
 *
 * <p>Source: Intel SDM vol. 3, 4.3 and tables 4-3 to 4-6. Entries of four bytes have reserved bits
 * only in a PDE that maps a 4 MiB page.
 */
public record FourByteFormat() implements EntryFormat {

  private static final long FRAME_BITS = 0xFFFF_F000L;
  private static final long LARGE_FRAME_BITS = 0xFFC0_0000L;

  /** A 4 MiB page reaches physical addresses of at most 40 bits, whatever MAXPHYADDR is. */
  private static final int PSE36_BITS = 40;

  @Override
  public int bytes() {
    return 4;
  }

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
    if (level.pages() == 1) {
      return (entry & FRAME_BITS) >>> PageSize.BASE_SHIFT;
    }
    long high = profile.has(Capability.PSE36) ? (entry >>> 13 & 0xFF) << 32 : 0;
    return (high | (entry & LARGE_FRAME_BITS)) >>> PageSize.BASE_SHIFT;
  }

  @Override
  public boolean sizeBitCounts(Level level, ControlState control, Profile profile) {
    return control.pageSizeExtensions();
  }

  @Override
  public long reservedBits(Level level, boolean leaf, ControlState control, Profile profile) {
    if (!leaf || level.pages() == 1) {
      return 0;
    }
    int reach =
        profile.has(Capability.PSE36) ? Math.min(PSE36_BITS, profile.physicalAddressBits()) : 32;
    return EntryBits.between(21, reach - 19);
  }

  @Override
  public boolean disablesExecution(long entry) {
    return false;
  }

  @Override
  public int protectionKey(long entry) {
    return 0;
  }
}
