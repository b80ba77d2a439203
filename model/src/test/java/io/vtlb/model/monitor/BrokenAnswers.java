package io.vtlb.model.monitor;

import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_FRAME;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.injected;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static io.vtlb.model.monitor.Scene.resumed;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.rule.Rule;
import java.util.Optional;
import java.util.Set;

/** The smallest scripts that break one rule about answers, reports and resyncs, and no other. */
final class BrokenAnswers {

  private static final int EVENTS = 8;

  private BrokenAnswers() {}

  static Optional<Violation> noAnswer(Set<Rule> judged) {
    return Scene.reporting(judged).map(0, FRAME, "PWUAD").fault(load(0), null);
  }

  /** A wrong cause cannot be avoided here, so the target does not report. */
  static Optional<Violation> resolvesTheGuestsFault(Set<Rule> judged) {
    return Scene.showing(judged).fault(load(0), Response.of(new Response.Action.Resume()));
  }

  static Optional<Violation> wrongCode(Set<Rule> judged) {
    return Scene.reporting(judged).fault(load(0), injected(load(0), FaultCode.WRITE));
  }

  /** A wrong cause cannot be avoided here either. */
  static Optional<Violation> handsOverItsOwnFault(Set<Rule> judged) {
    return Scene.showing(judged).map(0, FRAME, "PWUAD").fault(load(0), injected(load(0), 0));
  }

  static Optional<Violation> faultsOnInvalidatePage(Set<Rule> judged) {
    Response response =
        Response.of(new Response.Action.InjectPageFault(new FaultCode(0), 0))
            .reporting(EventCause.TLB_MANIPULATION, ResyncKind.NONE);
    return Scene.reporting(judged).invalidate(0, response);
  }

  static Optional<Violation> wrongCause(Set<Rule> judged) {
    Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUAD");
    return scene
        .shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"))
        .fault(load(0), resumed(EventCause.SPURIOUS, ResyncKind.NONE));
  }

  static Optional<Violation> mistakesTheSet(Set<Rule> judged) {
    return Scene.reporting(judged)
        .changePrivilege(0, 1, resumed(EventCause.PRIVILEGE_SET_CHANGE, ResyncKind.NONE));
  }

  static Optional<Violation> partialResyncMissesTheEntry(Set<Rule> judged) {
    return Scene.reporting(judged)
        .map(0, FRAME, "PWUAD")
        .fault(load(0), resumed(EventCause.INCONSISTENCY, ResyncKind.PARTIAL));
  }

  static Optional<Violation> partialResyncAddsAnother(Set<Rule> judged) {
    Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUAD").map(1, OTHER_FRAME, "PWUAD");
    return scene
        .shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"), scene.entry(1, OTHER_FRAME, "r--"))
        .fault(load(0), resumed(EventCause.INCONSISTENCY, ResyncKind.PARTIAL));
  }

  static Optional<Violation> fullResyncSkipsAGlobalPage(Set<Rule> judged) {
    Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUADG");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--")).fault(load(0), mended());
    return scene.map(0, OTHER_FRAME, "PWUADG").reloadRoot(flushed(ResyncKind.FULL));
  }

  static Optional<Violation> fullResyncDropsAll(Set<Rule> judged) {
    Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUAD");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--")).fault(load(0), mended());
    return scene.shows(SUPERVISOR).reloadRoot(flushed(ResyncKind.FULL));
  }

  static Optional<Violation> neverEnds(Set<Rule> judged) {
    return Scene.reporting(judged).monitor().accessEnded(Scene.CPU, load(0), EVENTS, false);
  }
}
