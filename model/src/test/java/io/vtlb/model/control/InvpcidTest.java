package io.vtlb.model.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.guest.ModeGuest;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.paging.PagingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which descriptors of INVPCID are legal (Intel SDM vol. 2, INVPCID). */
class InvpcidTest {

  private static final long NOT_CANONICAL = 1L << 60;

  @Test
  void theDescriptorNamesAPcidOf12Bits() {
    for (InvalidationType type : InvalidationType.values()) {
      assertLegal(true, type, 0xFFF, 0, tagged(PagingMode.FOUR_LEVEL));
      assertLegal(false, type, 0x1000, 0, tagged(PagingMode.FOUR_LEVEL));
      assertLegal(false, type, -1, 0, tagged(PagingMode.FOUR_LEVEL));
    }
  }

  @Test
  void withoutPcidsOnlyPcidZeroCanBeNamed() {
    for (PagingMode mode : PagingMode.ALL) {
      for (InvalidationType type : InvalidationType.values()) {
        assertLegal(true, type, 0, 0, ModeGuest.control(mode));
      }
      assertLegal(false, InvalidationType.ADDRESS, 1, 0, ModeGuest.control(mode));
      assertLegal(false, InvalidationType.SINGLE_CONTEXT, 1, 0, ModeGuest.control(mode));
    }
  }

  @Test
  void theTypesForAllContextsLookAtNoPcidOfTheirs() {
    ControlState untagged = ModeGuest.control(PagingMode.FOUR_LEVEL);
    for (ControlState control : List.of(untagged, tagged(PagingMode.FOUR_LEVEL))) {
      assertLegal(true, InvalidationType.ALL_CONTEXTS, 5, NOT_CANONICAL, control);
      assertLegal(true, InvalidationType.ALL_CONTEXTS_KEEPING_GLOBALS, 5, NOT_CANONICAL, control);
    }
  }

  @Test
  void onlyAnAddressThatIsNamedMustBeCanonical() {
    ControlState four = tagged(PagingMode.FOUR_LEVEL);
    assertLegal(false, InvalidationType.ADDRESS, 1, NOT_CANONICAL, four);
    assertLegal(true, InvalidationType.SINGLE_CONTEXT, 1, NOT_CANONICAL, four);
    assertLegal(false, InvalidationType.ADDRESS, 1, 1L << 47, four);
    assertLegal(true, InvalidationType.ADDRESS, 1, -1L << 47, four);
    assertLegal(true, InvalidationType.ADDRESS, 1, 1L << 47, tagged(PagingMode.FIVE_LEVEL));
    assertLegal(false, InvalidationType.ADDRESS, 1, 1L << 56, tagged(PagingMode.FIVE_LEVEL));
  }

  @Test
  void theDescriptorsAddressHas64BitsInEveryMode() {
    for (PagingMode mode : List.of(PagingMode.NONE, PagingMode.TWO_LEVEL, PagingMode.PAE)) {
      ControlState control = ModeGuest.control(mode);
      assertLegal(true, InvalidationType.ADDRESS, 0, 1L << 46, control);
      assertLegal(true, InvalidationType.ADDRESS, 0, -1L << 47, control);
      assertLegal(false, InvalidationType.ADDRESS, 0, 1L << 47 | 0x1000, control);
      ControlState wider = control.with(ControlRegister.CR4, control.cr4() | ControlState.CR4_LA57);
      assertLegal(true, InvalidationType.ADDRESS, 0, 1L << 47 | 0x1000, wider);
      assertLegal(false, InvalidationType.ADDRESS, 0, 1L << 56, wider);
    }
  }

  private static ControlState tagged(PagingMode mode) {
    ControlState control = ModeGuest.control(mode);
    return control.with(ControlRegister.CR4, control.cr4() | ControlState.CR4_PCIDE);
  }

  private static void assertLegal(
      boolean legal, InvalidationType type, int pcid, long address, ControlState control) {
    assertEquals(
        legal,
        Invpcid.isLegal(type, pcid, address, control),
        () -> "%s pcid %d address 0x%x".formatted(type, pcid, address));
  }
}
