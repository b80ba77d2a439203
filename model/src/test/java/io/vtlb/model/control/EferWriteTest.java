package io.vtlb.model.control;

import static io.vtlb.model.machine.ControlRegister.EFER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.PagingMode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** WRMSR to IA32_EFER (Intel SDM vol. 3, 2.2.1 and 10.8.5). */
class EferWriteTest {

  private static final long SCE = 1;

  @Test
  void bitsThatNoProcessorModelledHasAreReserved() {
    Writer flat = new Writer(PagingMode.NONE);
    for (int bit = 0; bit < Long.SIZE; bit++) {
      long value = 1L << bit;
      if (value == SCE || value == ControlState.EFER_LME || value == ControlState.EFER_NXE) {
        flat.writesAlone(EFER, value);
      } else if (value != ControlState.EFER_LMA) {
        flat.refuses(EFER, value);
      }
    }
  }

  @Test
  void aBitIsReservedWhereItsFeatureIsNotOffered() {
    Writer.lacking(Set.of(Capability.LONG_MODE), Vendor.INTEL, PagingMode.NONE)
        .refuses(EFER, ControlState.EFER_LME);
    Writer.lacking(Set.of(Capability.NO_EXECUTE), Vendor.INTEL, PagingMode.NONE)
        .refuses(EFER, ControlState.EFER_NXE);
  }

  @Test
  void longModeIsEnabledAndDisabledWithoutPagingOnly() {
    for (PagingMode mode : PagingMode.ALL) {
      Writer writer = new Writer(mode);
      long other = writer.state().efer() ^ ControlState.EFER_LME;
      if (mode.equals(PagingMode.NONE)) {
        writer.writesAlone(EFER, other);
      } else {
        writer.refuses(EFER, other);
      }
    }
  }

  @Test
  void whetherLongModeIsActiveIsTheProcessorsToSay() {
    Writer flat = new Writer(PagingMode.NONE);
    assertFalse(flat.writes(EFER, ControlState.EFER_LMA | ControlState.EFER_LME).longMode());
    for (PagingMode mode : List.of(PagingMode.FOUR_LEVEL, PagingMode.FIVE_LEVEL)) {
      assertTrue(new Writer(mode).writes(EFER, ControlState.EFER_LME).longMode());
    }
  }

  @Test
  void executeDisableChangesAloneInEveryMode() {
    for (PagingMode mode : PagingMode.ALL) {
      Writer writer = new Writer(mode);
      writer.writesAlone(EFER, writer.state().efer() ^ ControlState.EFER_NXE);
      assertEquals(mode, PagingMode.of(writer.inverts(EFER, ControlState.EFER_NXE)));
    }
  }
}
