package io.vtlb.model.monitor;

import static io.vtlb.model.guest.ExampleGuest.LARGE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_LARGE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_TABLE;
import static io.vtlb.model.guest.ExampleGuest.page;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.guest.GuestEntry;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An active entry for a large page is right if it is right for each of its pages. */
class LargeEntriesTest {

  private static final long FIRST = page(1, 0);

  private final Scene scene = Scene.reporting(EnumSet.allOf(Rule.class));

  @Test
  void mayStandForALargePageThatIsContiguousOnTheHost() {
    scene.direct(1, LARGE_FRAME, "PWUADL").shows(SUPERVISOR, large(LARGE_FRAME));
    assertBlame(Optional.empty(), scene.fault(load(FIRST), mended()));
  }

  @Test
  void isWrongAsSoonAsOnePageIs() {
    scene.direct(1, LARGE_FRAME, "PWUADL").shows(SUPERVISOR, large(OTHER_LARGE_FRAME));
    assertBlame(Optional.of(Rule.DERIVE_1), scene.fault(load(FIRST), mended()));
  }

  @Test
  void mayNotReachPastTheEndOfMemory() {
    scene.direct(1, 0, "PWUADL").shows(SUPERVISOR, large(0));
    assertBlame(Optional.of(Rule.DEVICE_1), scene.fault(load(FIRST), mended()));
  }

  @Test
  void goesWithOneFragmentThatHadToBeDropped() {
    scene.direct(1, LARGE_FRAME, "PWUADL").shows(SUPERVISOR, large(LARGE_FRAME));
    assertBlame(Optional.empty(), scene.fault(load(FIRST), mended()));
    scene.direct(1, LARGE_FRAME, "");
    assertBlame(Optional.of(Rule.TLB_1), scene.invalidate(page(1, 7), flushed(ResyncKind.NONE)));
  }

  @Test
  void matchesOnlyIfEachOfItsPagesDoes() {
    scene.direct(1, LARGE_FRAME, "PWUADLG").shows(SUPERVISOR, large(LARGE_FRAME));
    assertBlame(Optional.empty(), scene.fault(load(FIRST), mended()));
    scene
        .guest()
        .memory()
        .write(ExampleGuest.address(OTHER_TABLE, 0), GuestEntry.of(LARGE_FRAME, "PWUAD"));
    scene.direct(1, OTHER_TABLE, "PWUA");
    assertBlame(Optional.of(Rule.FULL_1), scene.reloadRoot(flushed(ResyncKind.FULL)));
  }

  @Test
  void matchesWhereSmallPagesOfTheGuestLieAlike() {
    for (int index = 0; index < PageSize.LARGE_4M; index++) {
      scene
          .guest()
          .memory()
          .write(
              ExampleGuest.address(OTHER_TABLE, index),
              GuestEntry.of(LARGE_FRAME + index, "PWUAD"));
    }
    scene.direct(1, OTHER_TABLE, "PWUA").shows(SUPERVISOR, large(LARGE_FRAME));
    assertBlame(Optional.empty(), scene.fault(load(FIRST), mended()));
    assertBlame(Optional.empty(), scene.reloadRoot(flushed(ResyncKind.FULL)));
  }

  private ActiveEntry large(long frame) {
    return new ActiveEntry(
        FIRST, PageSize.LARGE_4M, scene.guest().host(frame), new AccessRights(true, true, false));
  }

  private static void assertBlame(Optional<Rule> rule, Optional<Violation> violation) {
    assertEquals(rule, violation.map(Violation::rule));
  }
}
