package io.vtlb.conformance.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a walker gets wrong, the sweep reports. */
class WrongSubjectTest {

  private static final long STEP = 1009;
  private static final SweptMode FOUR_LEVEL = SweptMode.fourLevel();

  /** The part of the sweep that is there to show a mistake. */
  private static SweptMode mode(WrongSubject wrong) {
    return switch (wrong) {
      case SIZE_BIT_COUNTS_WITHOUT_PSE -> SweptMode.twoLevel();
      case GLOBAL_WITHOUT_PGE, PCID_FORGOTTEN, EVERY_VENDOR_IS_INTEL ->
          only(space -> space.section() == Section.EVERY_BIT);
      default -> only(space -> space.section() == Section.LARGE_PAGE);
    };
  }

  private static SweptMode only(Predicate<Space> wanted) {
    return new SweptMode(FOUR_LEVEL.mode(), FOUR_LEVEL.spaces().stream().filter(wanted).toList());
  }

  @ParameterizedTest
  @EnumSource
  void aWrongWalkerIsNoticed(WrongSubject wrong) {
    SweptMode mode = mode(wrong);
    Tally tally = new Sweep(mode, wrong).every(STEP);
    assertTrue(tally.disagreements() > 0);
    assertEquals(Math.min(Tally.SHOWN, tally.disagreements()), tally.shown().size());
    Disagreement first = Disagreement.at(mode, tally.shown().getFirst(), wrong);
    assertNotEquals(first.formulation(), first.model(), first.toString());
  }

  @Test
  void aDisagreementIsShownWithAllThatItTakesToSeeIt() {
    SweptMode mode = SweptMode.pae();
    Tally tally = new Sweep(mode, WrongSubject.XD_ALLOWED_WITHOUT_NXE).every(STEP);
    String shown =
        Disagreement.at(mode, tally.shown().getFirst(), WrongSubject.XD_ALLOWED_WITHOUT_NXE)
            .toString();
    for (String part :
        new String[] {
          "combination " + tally.shown().getFirst() + " of PAE (4 KiB pages)",
          "PDPTE 0x101001, PDE 0x",
          "CR0 0x80000001, CR3 0x100000, CR4 0xa0, EFER 0x0, INTEL with MAXPHYADDR 46",
          " at 0x80ba3120, PKRU 0xffffffff",
          "formulation  page fault P|",
          "RSVD",
          "stops at a reserved bit"
        }) {
      assertTrue(shown.contains(part), () -> part + " is not in\n" + shown);
    }
  }

  /** Only its own modes suffer from a mistake: nothing is found where there is nothing. */
  @Test
  void aMistakeThatAModeCannotShowIsNotFoundThere() {
    for (WrongSubject harmless :
        Set.of(WrongSubject.KEYS_IGNORED, WrongSubject.EVERY_VENDOR_IS_INTEL)) {
      assertEquals(0, new Sweep(SweptMode.pae(), harmless).every(STEP).disagreements());
    }
  }
}
