package io.vtlb.model.monitor;

import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR_AC;
import static io.vtlb.model.monitor.LongGuest.FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_ROOT;
import static io.vtlb.model.monitor.LongGuest.ROOT;
import static io.vtlb.model.monitor.LongScene.ALL;
import static io.vtlb.model.monitor.LongScene.assertBlame;
import static io.vtlb.model.monitor.LongScene.assertConforms;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static io.vtlb.model.monitor.Scene.resumed;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.rule.Rule;
import org.junit.jupiter.api.Test;

/** What a target may report of a change of context or of structures. */
class ContextReportsTest {

  private final LongScene scene = LongScene.in(LongGuest.CONTEXTS, ALL);

  @Test
  void showingWhatAnotherContextKeptIsNoResync() {
    cached();
    assertConforms(scene.shows(SUPERVISOR).loadKeeping(OTHER_ROOT, 1, flushed(ResyncKind.NONE)));
    assertConforms(
        scene
            .shows(SUPERVISOR, scene.entry(0, FRAME, "r--"))
            .loadKeeping(ROOT, 0, flushed(ResyncKind.NONE)));
  }

  @Test
  void showingWhatTheThirdSetKeptIsNoResync() {
    scene.map(0, FRAME, "PWAD").shows(SUPERVISOR_AC, scene.entry(0, FRAME, "rw-"));
    assertConforms(scene.set(ControlState.CR4_SMAP, flushed(ResyncKind.NONE)));
  }

  @Test
  void sayingNothingWasDoneUnderTheSameRootIsJudged() {
    scene.map(0, FRAME, "PWUAD").shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertBlame(Rule.EVENT_6, scene.loadKeeping(ROOT, 0, flushed(ResyncKind.NONE)));
  }

  @Test
  void aLoadThatKeepsInvalidatesNothingSoEitherNameIsRight() {
    assertConforms(scene.loadKeeping(ROOT, 0, controlChange()));
    assertConforms(scene.loadKeeping(OTHER_ROOT, 1, flushed(ResyncKind.NONE)));
    assertBlame(Rule.EVENT_5, scene.load(ROOT, 0, controlChange()));
  }

  @Test
  void invalidatePcidManipulatesTheTlbWhateverItNames() {
    assertConforms(scene.invalidatePcid(InvalidationType.ADDRESS, 7, 0, flushed(ResyncKind.NONE)));
    assertBlame(
        Rule.EVENT_5, scene.invalidatePcid(InvalidationType.ADDRESS, 7, 0, controlChange()));
  }

  @Test
  void aWriteToEferIsAControlChange() {
    long without = scene.control(LongScene.CPU).efer() & ~ControlState.EFER_NXE;
    assertConforms(scene.write(ControlRegister.EFER, without, controlChange()));
    assertBlame(Rule.EVENT_6, scene.write(ControlRegister.EFER, without, flushed(ResyncKind.NONE)));
  }

  @Test
  void turningPagingOffManipulatesTheTlb() {
    LongScene unpaged = LongScene.in(LongGuest.UNPAGED, ALL);
    assertConforms(unpaged.turnPaging(true, flushed(ResyncKind.NONE)));
    assertBlame(Rule.EVENT_5, unpaged.turnPaging(false, controlChange()));
  }

  @Test
  void turningPagingOnFindsNothingCachedSoEitherNameIsRight() {
    LongScene unpaged = LongScene.in(LongGuest.UNPAGED, ALL);
    assertConforms(unpaged.turnPaging(true, controlChange()));
    LongScene again = LongScene.in(LongGuest.UNPAGED, ALL);
    assertBlame(
        Rule.EVENT_6, again.turnPaging(true, resumed(EventCause.SPURIOUS, ResyncKind.NONE)));
  }

  @Test
  void aFullResyncUnderAnotherContextNeedNotShowWhatMatchedInTheFirst() {
    cached();
    scene.mapOther(0, FRAME, "PWUAD");
    assertConforms(scene.shows(SUPERVISOR).loadKeeping(OTHER_ROOT, 1, flushed(ResyncKind.FULL)));
  }

  @Test
  void aFullResyncUnderTheSameRootKeepsWhatMatches() {
    cached();
    assertBlame(
        Rule.FULL_2, scene.shows(SUPERVISOR).loadKeeping(ROOT, 0, flushed(ResyncKind.FULL)));
  }

  @Test
  void aFullResyncAfterAChangeOfModeOwesNothingToTheOldOne() {
    LongScene unpaged = LongScene.in(LongGuest.UNPAGED, ALL).map((int) FRAME, FRAME, "PWUAD");
    unpaged.shows(SUPERVISOR, unpaged.entry(FRAME, FRAME, "rwx"));
    assertConforms(unpaged.fault(load(FRAME), mended()));
    assertConforms(unpaged.shows(SUPERVISOR).turnPaging(true, flushed(ResyncKind.FULL)));
  }

  @Test
  void aFullResyncOfALoadThatKeepsComparesWithMemory() {
    cached();
    scene.map(0, OTHER_FRAME, "PWUAD");
    assertBlame(Rule.FULL_1, scene.loadKeeping(ROOT, 0, flushed(ResyncKind.FULL)));
  }

  private void cached() {
    scene.map(0, FRAME, "PWUAD").shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertConforms(scene.fault(load(0), mended()));
  }

  private static Response controlChange() {
    return resumed(EventCause.CONTROL_CHANGE, ResyncKind.NONE)
        .dropping(new ProcessorDrop.Everything(LongScene.CPU));
  }
}
