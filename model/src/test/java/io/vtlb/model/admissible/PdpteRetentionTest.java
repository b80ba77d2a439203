package io.vtlb.model.admissible;

import static io.vtlb.model.admissible.CachedModeGuest.FRAME;
import static io.vtlb.model.admissible.CachedModeGuest.OTHER_FRAME;
import static io.vtlb.model.admissible.CachedModeGuest.OTHER_TABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.guest.ModeGuest;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.paging.PagingMode;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The PDPTE registers are no cache, but what was reached through them is (4.4.1, 4.10.3.1). */
class PdpteRetentionTest {

  private final CachedModeGuest cached = new CachedModeGuest(PagingMode.PAE);

  @Test
  void aStoreToTheTableOfRegistersChangesNothingUntilTheyAreLoaded() {
    cached.map(0, FRAME, "PWUA").entry(0, 0, OTHER_TABLE, "P");
    assertEquals(Set.of("1:11", "2:12"), cached.tables(0));
    reload();
    assertEquals(Set.of("1:18", "2:12"), cached.tables(0));
  }

  @Test
  void aLoadThatForgetsNothingEndsTheUseOfTheOldRegisters() {
    cached.entry(0, 0, OTHER_TABLE, "P");
    reload();
    cached.entry(1, 1, OTHER_TABLE + 1, "PWUA");
    assertEquals(Set.of("1:18"), cached.tables(0x200), "the old directory is not read any more");
  }

  @Test
  void aLoadThatForgetsNothingKeepsWhatIsBelow() {
    cached.entry(0, 0, OTHER_TABLE, "P");
    reload();
    cached.map(5, FRAME, "PWUA");
    assertEquals(Set.of(FRAME), cached.frames(5), "through a directory entry that is cached");
    cached.invalidatePage(0);
    cached.map(6, FRAME, "PWUA");
    assertEquals(Set.of(), cached.frames(6));
  }

  @Test
  void aRegisterThatIsNotPresentAnyMoreLeadsNowhere() {
    cached.clear(0, 0);
    reload();
    assertEquals(Set.of("2:12"), cached.tables(0));
    cached.write(ControlRegister.CR3, cached.control().cr3());
    assertEquals(Set.of(), cached.tables(0));
  }

  @Test
  void aRegisterNeedsNoAccessedBit() {
    cached.map(0, FRAME, "PWUA");
    assertEquals(Set.of(FRAME), cached.frames(0));
  }

  @Test
  void aLoadOfCr3ReadsTheRegistersAndForgetsAllButGlobals() {
    cached.map(0, FRAME, "PWUA").map(1, FRAME, "PWUAG");
    cached.map(0, OTHER_FRAME, "PWUA").map(1, OTHER_FRAME, "PWUAG");
    cached.entry(0, 3, ModeGuest.table(1), "P");
    cached.write(ControlRegister.CR3, cached.control().cr3());
    assertEquals(Set.of(OTHER_FRAME), cached.frames(0));
    assertEquals(Set.of(FRAME, OTHER_FRAME), cached.frames(1));
    assertEquals(Set.of(OTHER_FRAME), cached.frames(0xC_0000));
  }

  /** Loads the registers in a way that invalidates nothing. */
  private void reload() {
    cached.invert(ControlRegister.CR0, ControlState.CR0_CD);
  }
}
