package io.vtlb.model.monitor;

import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static io.vtlb.model.monitor.Scene.resumed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.rule.Rule;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a target may report of itself. */
class ReportsTest {

  private final Scene scene = Scene.reporting(EnumSet.allOf(Rule.class));

  @Test
  void spuriousIsWhatWasPermittedAlready() {
    shownAndMapped("PWUAD");
    assertBlame(
        Optional.empty(), scene.fault(load(0), resumed(EventCause.SPURIOUS, ResyncKind.NONE)));
  }

  @Test
  void aCauseFitsTheAnswer() {
    scene.map(0, FRAME, "PWUAD").map(0, FRAME, "WUAD");
    assertBlame(Optional.empty(), scene.fault(load(0), Scene.injected(load(0), 0)));
    assertBlame(
        Optional.of(Rule.EVENT_6),
        scene.fault(load(0), resumed(EventCause.GUEST_PAGE_FAULT, ResyncKind.NONE)));
  }

  @Test
  void loadingTheRootManipulatesTheTlb() {
    assertBlame(Optional.empty(), scene.reloadRoot(flushed(ResyncKind.NONE)));
    assertBlame(
        Optional.of(Rule.EVENT_5),
        scene.reloadRoot(resumed(EventCause.CONTROL_CHANGE, ResyncKind.NONE)));
  }

  @Test
  void aWriteThatInvalidatesNothingIsAControlChange() {
    long cr0 = ControlState.CR0_PG;
    assertBlame(
        Optional.empty(),
        scene.write(ControlRegister.CR0, cr0, resumed(EventCause.CONTROL_CHANGE, ResyncKind.NONE)));
    assertBlame(
        Optional.of(Rule.EVENT_6), scene.write(ControlRegister.CR0, cr0, flushed(ResyncKind.NONE)));
  }

  @Test
  void aChangeInsideOneSetAddsNothing() {
    scene.map(0, FRAME, "PWUAD").shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertBlame(
        Optional.of(Rule.PRIV_2),
        scene.changePrivilege(
            0, 2, resumed(EventCause.PRIVILEGE_CHANGE_WITHIN_SET, ResyncKind.NONE)));
  }

  @Test
  void aFullResyncMayDropWhatTheGuestCallsNotAccessed() {
    shownAndMapped("PWUAD");
    scene.map(0, FRAME, "PWUD").shows(SUPERVISOR);
    assertBlame(Optional.empty(), scene.reloadRoot(flushed(ResyncKind.FULL)));
  }

  @Test
  void aFullResyncNarrowsNothingThatMatches() {
    shownAndMapped("PWUAD");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "--x"));
    assertBlame(Optional.of(Rule.FULL_2), scene.reloadRoot(flushed(ResyncKind.FULL)));
  }

  @Test
  void aPageThatIsMappedNoMoreMatchesNothing() {
    shownAndMapped("PWUADG");
    scene.map(0, FRAME, "");
    assertBlame(Optional.of(Rule.FULL_1), scene.reloadRoot(flushed(ResyncKind.FULL)));
  }

  @Test
  void aFlushOwesNoComparison() {
    shownAndMapped("PWUAD");
    scene.shows(SUPERVISOR);
    assertBlame(Optional.empty(), scene.reloadRoot(flushed(ResyncKind.FLUSH)));
  }

  private void shownAndMapped(String flags) {
    scene.map(0, FRAME, flags).shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertBlame(Optional.empty(), scene.fault(load(0), mended()));
  }

  private static void assertBlame(Optional<Rule> rule, Optional<Violation> violation) {
    assertEquals(rule, violation.map(Violation::rule));
  }
}
