package io.vtlb.model.monitor;

import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.LongGuest.FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_ROOT;
import static io.vtlb.model.monitor.LongGuest.ROOT;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;

import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.rule.Rule;
import java.util.Optional;
import java.util.Set;

/** The smallest scripts that break one rule about contexts, or about a change of mode. */
final class BrokenContexts {

  private BrokenContexts() {}

  static Optional<Violation> keptAfterContextLoad(Set<Rule> judged) {
    return remapped(judged).load(ROOT, 0, flushed(ResyncKind.NONE));
  }

  static Optional<Violation> anotherContextsAfterKeepingLoad(Set<Rule> judged) {
    return remapped(judged).loadKeeping(OTHER_ROOT, 1, flushed(ResyncKind.NONE));
  }

  static Optional<Violation> keptAfterExecutionPrevention(Set<Rule> judged) {
    return remapped(judged).set(ControlState.CR4_SMEP, flushed(ResyncKind.NONE));
  }

  static Optional<Violation> keptAcrossPaging(Set<Rule> judged) {
    LongScene scene = LongScene.in(LongGuest.UNPAGED, judged).map((int) FRAME, OTHER_FRAME, "PA");
    scene.shows(SUPERVISOR, scene.entry(FRAME, FRAME, "rwx")).fault(load(FRAME), mended());
    return scene.turnPaging(true, flushed(ResyncKind.NONE));
  }

  static Optional<Violation> keptAfterInvalidateContext(Set<Rule> judged) {
    LongScene scene = remapped(judged).shows(SUPERVISOR);
    scene.load(OTHER_ROOT, 1, flushed(ResyncKind.NONE));
    scene.invalidatePcid(InvalidationType.ADDRESS, 0, 0, flushed(ResyncKind.NONE));
    return scene
        .shows(SUPERVISOR, scene.entry(0, FRAME, "r--"))
        .loadKeeping(ROOT, 0, flushed(ResyncKind.NONE));
  }

  /** Keeps showing what was right before the guest moved the page. */
  private static LongScene remapped(Set<Rule> judged) {
    LongScene scene = LongScene.in(LongGuest.CONTEXTS, judged).map(0, FRAME, "PWUAD");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--")).fault(load(0), mended());
    return scene.map(0, OTHER_FRAME, "PWUAD");
  }
}
