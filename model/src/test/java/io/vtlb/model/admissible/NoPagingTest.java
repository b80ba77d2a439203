package io.vtlb.model.admissible;

import static io.vtlb.model.admissible.CachedModeGuest.FRAME;
import static io.vtlb.model.admissible.CachedModeGuest.OTHER_FRAME;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.guest.ModeGuest;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Translation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without paging linear pages are frames, and nothing outlasts a change of CR0.PG. */
class NoPagingTest {

  @Test
  void everyPageIsItsOwnFrameAndNothingElse() {
    CachedModeGuest flat = new CachedModeGuest(PagingMode.NONE);
    for (long page : new long[] {0, 7, 0xF_FFFF}) {
      assertEquals(List.of(Translation.identity(page)), flat.admissible().at(page));
    }
    assertEquals(List.of(), List.copyOf(flat.admissible().walks()));
    assertEquals(List.of(), flat.admissible().walksReading(ModeGuest.table(0)));
  }

  @Test
  void nothingCanBeInvalidated() {
    CachedModeGuest flat = new CachedModeGuest(PagingMode.NONE);
    assertEquals(List.of(), flat.invalidatePage(7));
    assertEquals(List.of(), flat.deliverFault(7));
    assertEquals(List.of(), flat.invalidatePcid(InvalidationType.ALL_CONTEXTS, 0, 0));
    assertEquals(List.of(), flat.write(ControlRegister.CR3, 0x5000));
    assertEquals(Set.of(7L), flat.frames(7));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void turningPagingOffAndOnForgetsEverythingGlobalsIncluded(int modeNumber) {
    CachedModeGuest cached = new CachedModeGuest(PagingMode.ALL.get(modeNumber));
    cached.map(0, FRAME, "PWUA").map(1, FRAME, "PWUAG");
    cached.map(0, OTHER_FRAME, "PWUA").map(1, OTHER_FRAME, "PWUAG");
    assertEquals(Set.of(FRAME, OTHER_FRAME), cached.frames(0));
    cached.invert(ControlRegister.CR0, ControlState.CR0_PG);
    assertEquals(Set.of(0L), cached.frames(0));
    assertEquals(Set.of(1L), cached.frames(1));
    cached.invert(ControlRegister.CR0, ControlState.CR0_PG);
    assertEquals(Set.of(OTHER_FRAME), cached.frames(0));
    assertEquals(Set.of(OTHER_FRAME), cached.frames(1));
  }
}
