package io.vtlb.model.admissible;

import static io.vtlb.model.admissible.CachedModeGuest.FRAME;
import static io.vtlb.model.admissible.CachedModeGuest.OTHER_FRAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.WalkRights;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be cached of entries of eight bytes, in PAE, 4-level and 5-level paging. */
class EightByteFillingTest {

  private static final int WORD = 0x0002_0063;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void anEntryWrittenInHalvesIsCachedAsItStandsAfterEach(int modeNumber) {
    CachedModeGuest cached = of(modeNumber);
    cached.map(0, 0, "").word(0, 1, 1);
    assertEquals(Set.of(), cached.frames(0));
    cached.word(0, 0, WORD);
    assertEquals(Set.of(1L << 20 | FRAME), cached.frames(0));
    cached.word(0, 1, 0);
    assertEquals(Set.of(1L << 20 | FRAME, FRAME), cached.frames(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void anEntryWrittenAtOnceIsNeverCachedInHalves(int modeNumber) {
    CachedModeGuest cached = of(modeNumber);
    cached.map(0, FRAME, "PA").map(0, OTHER_FRAME | 1L << 20, "PA");
    assertEquals(Set.of(FRAME, OTHER_FRAME | 1L << 20), cached.frames(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void executeDisableIsCachedOnlyWhereItIsNotReserved(int modeNumber) {
    CachedModeGuest cached = of(modeNumber);
    cached.invert(ControlRegister.EFER, ControlState.EFER_NXE);
    cached.map(0, FRAME, "PWUAX");
    assertEquals(Set.of(), cached.frames(0));
    cached.invert(ControlRegister.EFER, ControlState.EFER_NXE);
    assertEquals(new WalkRights(true, true, false), cached.admissible().at(0).getFirst().rights());
    cached.invert(ControlRegister.EFER, ControlState.EFER_NXE);
    assertEquals(Set.of(FRAME), cached.frames(0), "nothing was invalidated");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void aTranslationHasTheKeyOfItsLeafInLongModeOnly(int modeNumber) {
    CachedModeGuest cached = of(modeNumber);
    cached.map(0, FRAME, "PA").word(1, 1, modeNumber == 2 ? 0 : 0x5 << 27).word(1, 0, WORD);
    assertEquals(0, cached.admissible().at(0).getFirst().key());
    assertEquals(modeNumber == 2 ? 0 : 5, cached.admissible().at(1).getFirst().key());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void aLargeDirectoryEntryIsCachedWithTheBitsOfALeaf(int modeNumber) {
    CachedModeGuest cached = of(modeNumber);
    int directory = PagingMode.ALL.get(modeNumber).levels().size() - 2;
    cached.entry(directory, 1, 0x400, "PUADLG");
    Translation large = cached.admissible().at(0x3FF).getFirst();
    assertEquals(0x5FF, large.frame(0x3FF));
    assertTrue(large.global() && large.dirty());
    assertFalse(large.rights().writable());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void aTopEntryWithItsSizeBitSetIsReserved(int modeNumber) {
    CachedModeGuest cached = of(modeNumber);
    cached.entry(0, 1, 0x11, "PWUAL");
    long page = cached.admissible().mode().level(0).pages();
    assertEquals(Set.of(), cached.tables(page));
    cached.entry(0, 1, 0x11, "PWUA");
    assertFalse(cached.tables(page).isEmpty());
  }

  private static CachedModeGuest of(int modeNumber) {
    return new CachedModeGuest(PagingMode.ALL.get(modeNumber));
  }
}
