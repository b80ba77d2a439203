package io.vtlb.model.monitor;

import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.LongGuest.FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_ROOT;
import static io.vtlb.model.monitor.LongGuest.ROOT;
import static io.vtlb.model.monitor.LongScene.ALL;
import static io.vtlb.model.monitor.LongScene.assertConforms;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.rule.Rule;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** The rules about contexts and modes are exercised where breaking them would have shown. */
class ContextTallyTest {

  private static final Response FLUSHED = flushed(ResyncKind.NONE);

  private final LongScene scene = LongScene.in(LongGuest.CONTEXTS, ALL);

  @Test
  void aFlushingLoadExercisesIfTheContextHadSomethingStale() {
    cached("PWUAD");
    assertConforms(scene.load(ROOT, 0, FLUSHED));
    assertCounts(Rule.TLB_3, 1, 0);
    scene.map(0, OTHER_FRAME, "PWUAD").shows(SUPERVISOR);
    assertConforms(scene.load(ROOT, 0, FLUSHED));
    assertCounts(Rule.TLB_3, 2, 1);
  }

  @Test
  void aFlushingLoadOfAContextThatWaitedExercisesIfItHadSomethingStale() {
    cached("PWUAD");
    assertConforms(scene.shows(SUPERVISOR).loadKeeping(OTHER_ROOT, 1, FLUSHED));
    scene.map(0, OTHER_FRAME, "PWUAD");
    assertConforms(scene.load(ROOT, 0, FLUSHED));
    assertEquals(1, scene.exercised(Rule.TLB_3));
  }

  @Test
  void leavingAContextExercisesIfTheTargetShowedSomethingOfIt() {
    assertConforms(scene.loadKeeping(OTHER_ROOT, 1, FLUSHED));
    assertCounts(Rule.TLB_4, 1, 0);
    assertConforms(scene.loadKeeping(ROOT, 0, FLUSHED));
    cached("PWUAD");
    assertConforms(scene.shows(SUPERVISOR).loadKeeping(OTHER_ROOT, 1, FLUSHED));
    assertCounts(Rule.TLB_4, 3, 1);
  }

  @Test
  void leavingAContextDoesNotExerciseForWhatIsGlobal() {
    cached("PWUADG");
    assertConforms(scene.loadKeeping(OTHER_ROOT, 1, FLUSHED));
    assertCounts(Rule.TLB_4, 1, 0);
  }

  @Test
  void aLoadThatKeepsTheSameContextIsJudgedOnly() {
    cached("PWUAD");
    scene.map(0, OTHER_FRAME, "PWUAD");
    assertConforms(scene.loadKeeping(ROOT, 0, FLUSHED));
    assertCounts(Rule.TLB_4, 1, 0);
  }

  @Test
  void invalidatingAContextThatWaitsExercisesWhenItIsLoadedAgain() {
    cached("PWUAD");
    assertConforms(scene.shows(SUPERVISOR).loadKeeping(OTHER_ROOT, 1, FLUSHED));
    scene.map(0, OTHER_FRAME, "PWUAD");
    assertConforms(scene.invalidatePcid(InvalidationType.ADDRESS, 0, 0, FLUSHED));
    assertCounts(Rule.TLB_8, 1, 0);
    assertConforms(scene.loadKeeping(ROOT, 0, FLUSHED));
    assertCounts(Rule.TLB_8, 2, 1);
  }

  @Test
  void invalidatingWhatMemoryStillSaysIsJudgedOnly() {
    cached("PWUAD");
    assertConforms(scene.shows(SUPERVISOR).loadKeeping(OTHER_ROOT, 1, FLUSHED));
    assertConforms(scene.invalidatePcid(InvalidationType.SINGLE_CONTEXT, 0, 0, FLUSHED));
    assertConforms(scene.loadKeeping(ROOT, 0, FLUSHED));
    assertCounts(Rule.TLB_8, 1, 0);
  }

  @Test
  void invalidatingTheContextThatIsLoadedExercisesAtOnce() {
    cached("PWUAD");
    scene.map(0, OTHER_FRAME, "PWUAD").shows(SUPERVISOR);
    assertConforms(scene.invalidatePcid(InvalidationType.ADDRESS, 0, 1, FLUSHED));
    assertCounts(Rule.TLB_8, 1, 0);
    cached("PWUAD");
    scene.map(0, FRAME, "PWUAD").map(0, OTHER_FRAME, "PWUAD").shows(SUPERVISOR);
    assertConforms(scene.invalidatePcid(InvalidationType.ADDRESS, 0, 0, FLUSHED));
    assertCounts(Rule.TLB_8, 2, 1);
  }

  @Test
  void executionPreventionExercisesWhenItIsTurnedOnWithSomethingStale() {
    cached("PWUAD");
    assertConforms(scene.set(ControlState.CR4_SMEP, FLUSHED));
    assertCounts(Rule.TLB_6, 1, 0);
    scene.map(0, OTHER_FRAME, "PWUAD");
    assertConforms(scene.clear(ControlState.CR4_SMEP, FLUSHED));
    assertCounts(Rule.TLB_6, 1, 0);
    assertConforms(scene.shows(SUPERVISOR).set(ControlState.CR4_SMEP, FLUSHED));
    assertCounts(Rule.TLB_6, 2, 1);
  }

  @Test
  void aLoadWithoutPagingEndsNothing() {
    LongScene unpaged = LongScene.in(LongGuest.UNPAGED, EnumSet.of(Rule.TLB_2));
    unpaged.shows(SUPERVISOR, unpaged.entry(FRAME, OTHER_FRAME, "r--"));
    assertConforms(unpaged.fault(load(FRAME), mended()));
    assertConforms(unpaged.load(OTHER_ROOT, 0, FLUSHED));
    assertEquals(0, unpaged.exercised(Rule.TLB_2), "the wrong frame has another reason");
  }

  @Test
  void pagingExercisesIfTheTwoViewsDiffer() {
    LongScene unpaged = LongScene.in(LongGuest.UNPAGED, ALL).map((int) FRAME, FRAME, "PWUAD");
    unpaged.shows(SUPERVISOR, unpaged.entry(FRAME, FRAME, "rwx"));
    assertConforms(unpaged.fault(load(FRAME), mended()));
    assertConforms(unpaged.turnPaging(true, FLUSHED));
    assertEquals(0, unpaged.exercised(Rule.TLB_7));
    unpaged.map((int) FRAME, OTHER_FRAME, "PWUAD").shows(SUPERVISOR);
    assertConforms(unpaged.turnPaging(false, FLUSHED));
    assertEquals(0, unpaged.exercised(Rule.TLB_7), "the stale view is the other's truth");
    unpaged.shows(SUPERVISOR, unpaged.entry(FRAME, FRAME, "rwx"));
    assertConforms(unpaged.fault(load(FRAME), mended()));
    assertConforms(unpaged.shows(SUPERVISOR).turnPaging(true, FLUSHED));
    assertEquals(1, unpaged.exercised(Rule.TLB_7));
  }

  private void cached(String flags) {
    scene.map(0, FRAME, flags).shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertConforms(scene.fault(load(0), mended()));
  }

  private void assertCounts(Rule rule, long judged, long exercised) {
    assertEquals(judged, scene.judged(rule), "judged");
    assertEquals(exercised, scene.exercised(rule), "exercised");
  }
}
