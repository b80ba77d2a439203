package io.vtlb.model.control;

import static io.vtlb.model.machine.ControlRegister.CR3;
import static io.vtlb.model.machine.ControlRegister.CR4;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.PagingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** MOV to CR3 (Intel SDM vol. 2, MOV to control registers; vol. 3, 4.5 and 4.10.4.1). */
class Cr3WriteTest {

  private static final int BITS = Profile.GENERIC_64.physicalAddressBits();

  @Test
  void outsideLongModeTheUpperHalfDoesNotExist() {
    for (PagingMode mode : List.of(PagingMode.NONE, PagingMode.TWO_LEVEL, PagingMode.PAE)) {
      ControlState after = new Writer(mode).writes(CR3, 0xFFFF_FFFF_8765_4FE7L);
      assertEquals(0x8765_4FE7L, after.cr3());
    }
  }

  @Test
  void inLongModeBitsAboveTheProcessorsWidthAreReserved() {
    for (PagingMode mode : List.of(PagingMode.FOUR_LEVEL, PagingMode.FIVE_LEVEL)) {
      Writer writer = new Writer(mode);
      for (int bit = 0; bit < Long.SIZE; bit++) {
        if (bit < BITS) {
          writer.writesAlone(CR3, 1L << bit);
        } else {
          writer.refuses(CR3, 1L << bit);
        }
      }
    }
  }

  @Test
  void withPcidsBit63IsAQuestionAndNotPartOfTheValue() {
    Writer tagged = new Writer(PagingMode.FOUR_LEVEL).having(CR4, ControlState.CR4_PCIDE);
    ControlState after = tagged.writes(CR3, ControlState.CR3_NO_FLUSH | 0x1_2FFFL);
    assertEquals(0x1_2FFFL, after.cr3());
    assertEquals(0xFFF, after.pcid());
    for (int bit = BITS; bit < 63; bit++) {
      tagged.refuses(CR3, 1L << bit);
      tagged.refuses(CR3, ControlState.CR3_NO_FLUSH | 1L << bit);
    }
  }

  @Test
  void withoutPcidsTheLowBitsAreNoPcid() {
    assertEquals(0, new Writer(PagingMode.FOUR_LEVEL).writes(CR3, 0x1_2FFFL).pcid());
  }
}
