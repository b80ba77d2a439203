package io.vtlb.model.control;

import static io.vtlb.model.machine.ControlRegister.CR0;
import static io.vtlb.model.machine.ControlRegister.CR4;
import static io.vtlb.model.machine.ControlRegister.EFER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.paging.PagingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** MOV to CR0 (Intel SDM vol. 2, MOV to control registers; vol. 3, 2.5 and 4.1.2). */
class Cr0WriteTest {

  private final Writer flat = new Writer(PagingMode.NONE);

  @Test
  void pagingNeedsProtection() {
    flat.refuses(CR0, Writer.PG);
    flat.from(flat.state().with(CR0, 0)).refuses(CR0, Writer.PG);
    new Writer(PagingMode.TWO_LEVEL).refuses(CR0, Writer.PG);
    flat.writesAlone(CR0, Writer.PG | Writer.PE);
  }

  @Test
  void protectionMayGoWithPaging() {
    new Writer(PagingMode.TWO_LEVEL).writesAlone(CR0, 0);
  }

  @Test
  void notWriteThroughNeedsCacheDisable() {
    flat.refuses(CR0, Writer.PE | ControlState.CR0_NW);
    flat.writesAlone(CR0, Writer.PE | ControlState.CR0_CD);
    flat.writesAlone(CR0, Writer.PE | ControlState.CR0_CD | ControlState.CR0_NW);
  }

  @Test
  void inLongModeTheUpperHalfIsReserved() {
    Writer wide = new Writer(PagingMode.FOUR_LEVEL);
    for (int bit = 32; bit < 64; bit++) {
      wide.refuses(CR0, wide.state().cr0() | 1L << bit);
    }
  }

  @Test
  void outsideLongModeTheUpperHalfDoesNotExist() {
    for (PagingMode mode : List.of(PagingMode.NONE, PagingMode.TWO_LEVEL, PagingMode.PAE)) {
      Writer writer = new Writer(mode);
      long value = writer.state().cr0() ^ ControlState.CR0_WP;
      assertEquals(value, writer.writes(CR0, 0xFFFF_FFFF_0000_0000L | value).cr0());
    }
  }

  @Test
  void ofTheLowerHalfTheBitsThatHaveAMeaningAreWritten() {
    long defined = 0b101_0000_0000_0011_1111 | ControlState.CR0_CD;
    flat.writesAlone(CR0, defined);
    long all = 0xFFFF_FFFFL & ~(Writer.PG | ControlState.CR0_NW);
    assertEquals(defined, flat.writes(CR0, all).cr0(), "the others stay clear");
  }

  @Test
  void longModeBecomesActiveWithPaging() {
    Writer enabled = flat.having(EFER, ControlState.EFER_LME).having(CR4, ControlState.CR4_PAE);
    assertFalse(enabled.state().longMode());
    ControlState active = enabled.inverts(CR0, Writer.PG);
    assertTrue(active.longMode());
    assertEquals(PagingMode.FOUR_LEVEL, PagingMode.of(active));
    ControlState ended = enabled.from(active).inverts(CR0, Writer.PG);
    assertFalse(ended.longMode());
    assertEquals(PagingMode.NONE, PagingMode.of(ended));
    assertTrue((ended.efer() & ControlState.EFER_LME) != 0, "LME stays");
  }

  @Test
  void longModeWithFiveLevelsBecomesActiveWithPaging() {
    flat.having(EFER, ControlState.EFER_LME)
        .having(CR4, ControlState.CR4_PAE | ControlState.CR4_LA57);
    assertEquals(PagingMode.FIVE_LEVEL, PagingMode.of(flat.inverts(CR0, Writer.PG)));
  }

  @Test
  void longModeNeedsPae() {
    flat.having(EFER, ControlState.EFER_LME).refuses(CR0, Writer.PE | Writer.PG);
  }

  @Test
  void withoutLongModePaeDecides() {
    assertEquals(PagingMode.TWO_LEVEL, PagingMode.of(flat.inverts(CR0, Writer.PG)));
    flat.having(CR4, ControlState.CR4_PAE);
    assertEquals(PagingMode.PAE, PagingMode.of(flat.inverts(CR0, Writer.PG)));
  }

  @Test
  void pagingMayNotGoWhileThereArePcids() {
    Writer tagged = new Writer(PagingMode.FOUR_LEVEL).having(CR4, ControlState.CR4_PCIDE);
    tagged.refuses(CR0, tagged.state().cr0() & ~Writer.PG);
    tagged.refuses(CR0, 0);
    tagged.inverts(CR0, ControlState.CR0_WP);
  }

  @Test
  void writeProtectionChangesAloneInEveryMode() {
    for (PagingMode mode : PagingMode.ALL) {
      Writer writer = new Writer(mode);
      writer.writesAlone(CR0, writer.state().cr0() ^ ControlState.CR0_WP);
    }
  }
}
