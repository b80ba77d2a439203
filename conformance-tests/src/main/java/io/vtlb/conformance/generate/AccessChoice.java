package io.vtlb.conformance.generate;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.paging.PagingMode;
import java.util.SplittableRandom;

/** Chooses loads, stores and fetches of the page in focus, some of which cross into the next. */
final class AccessChoice {

  private static final int[] OFFSETS = {0, 4, 0xFFC};
  private static final int LAST_WORD = 0xFFC;

  private final SplittableRandom choices;
  private final Focus focus;

  AccessChoice(SplittableRandom choices, Focus focus) {
    this.choices = choices;
    this.focus = focus;
  }

  GuestOperation access(CpuOutlook cpu) {
    int kind = choices.nextInt(100);
    if (kind < 8) {
      focus.move();
    }
    if (kind >= 94) {
      focus.moveBeforeAnother();
      return access(cpu, LAST_WORD, Long.BYTES);
    }
    return kind >= 84
        ? access(cpu, choices.nextInt(2) * Integer.BYTES * 2, Long.BYTES)
        : access(cpu, OFFSETS[choices.nextInt(OFFSETS.length)], Integer.BYTES);
  }

  private GuestOperation access(CpuOutlook cpu, int offset, int bytes) {
    PagingMode mode = PagingMode.of(cpu.control);
    long address = focus.address(Terrain.of(mode), offset);
    if (choices.nextInt(60) == 0) {
      address = outside(address, mode);
    }
    return switch (choices.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> new GuestOperation.Load(cpu.name, address, bytes);
      case 9, 10, 11 -> new GuestOperation.Fetch(cpu.name, address, bytes);
      default -> new GuestOperation.Store(cpu.name, address, value(bytes), bytes);
    };
  }

  private long value(int bytes) {
    long low = choices.nextInt(1 << 8);
    return bytes == Long.BYTES ? low | (long) choices.nextInt(1 << 8) << Integer.SIZE : low;
  }

  /**
   * An address that differs above the mode's width: it is cut to the same, or not canonical; or the
   * last word before what is not.
   */
  long outside(long address, PagingMode mode) {
    if (mode.signExtended() && choices.nextInt(4) == 0) {
      return (1L << (mode.linearBits() - 1)) - PageSize.BASE_BYTES + PageSize.offset(address);
    }
    return address ^ 1L << choices.nextInt(mode.linearBits(), Long.SIZE);
  }
}
