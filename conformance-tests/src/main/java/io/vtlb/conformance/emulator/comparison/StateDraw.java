package io.vtlb.conformance.emulator.comparison;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.paging.PagingMode;
import java.util.SplittableRandom;

/** Draws the control registers of a mode, with every bit that the mode leaves open. */
final class StateDraw {

  private static final long CACHE_BITS = 0x18;

  private StateDraw() {}

  /** A state of a mode whose root is at this address. */
  static ControlState state(SplittableRandom choices, PagingMode mode, long root) {
    Draw draw = new Draw(choices);
    boolean paging = !mode.levels().isEmpty();
    boolean wide = mode.format().bytes() == Long.BYTES;
    long cr0 = ControlState.CR0_PE | draw.bit(50, ControlState.CR0_WP);
    long cr4 =
        draw.bit(60, ControlState.CR4_PSE)
            | draw.bit(50, ControlState.CR4_PGE)
            | draw.bit(40, ControlState.CR4_SMEP)
            | draw.bit(40, ControlState.CR4_SMAP)
            | draw.bit(50, ControlState.CR4_PKE);
    long efer = draw.bit(60, ControlState.EFER_NXE);
    long cr3 = root | (choices.nextLong() & CACHE_BITS);
    if (!paging) {
      cr4 |= draw.bit(50, ControlState.CR4_PAE);
      efer |= draw.bit(20, ControlState.EFER_LME);
      return new ControlState(cr0, cr3, cr4, efer);
    }
    cr0 |= ControlState.CR0_PG;
    cr4 |= wide ? ControlState.CR4_PAE : 0;
    if (mode.signExtended()) {
      efer |= ControlState.EFER_LME | ControlState.EFER_LMA;
      cr4 |= mode.equals(PagingMode.FIVE_LEVEL) ? ControlState.CR4_LA57 : 0;
      if (choices.nextInt(4) == 0) {
        cr4 |= ControlState.CR4_PCIDE;
        cr3 = root | choices.nextInt(1 << 12);
      }
    }
    return new ControlState(cr0, cr3, cr4, efer);
  }

  /** Single bits, by chance. */
  private record Draw(SplittableRandom choices) {

    long bit(int percent, long bit) {
      return choices.nextInt(100) < percent ? bit : 0;
    }
  }
}
