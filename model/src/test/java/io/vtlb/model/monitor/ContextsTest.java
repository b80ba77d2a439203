package io.vtlb.model.monitor;

import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.LongGuest.FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_ROOT;
import static io.vtlb.model.monitor.LongGuest.ROOT;
import static io.vtlb.model.monitor.LongScene.ALL;
import static io.vtlb.model.monitor.LongScene.assertBlame;
import static io.vtlb.model.monitor.LongScene.assertConforms;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.injected;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static io.vtlb.model.monitor.Scene.resumed;
import static io.vtlb.model.monitor.Scene.store;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.rule.Rule;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a target may keep under each PCID, and what it may show of it. */
class ContextsTest {

  private static final int READ_ONLY = FaultCode.PRESENT | FaultCode.WRITE;
  private static final Response FLUSHED = flushed(ResyncKind.NONE);

  private final LongScene scene = LongScene.in(LongGuest.CONTEXTS, ALL);

  @Test
  void aContextThatWaitedMayShowWhatItHad() {
    staleInTheFirst("PWUAD");
    assertConforms(leave());
    assertConforms(comeBack());
  }

  @Test
  void aFlushOfOneContextLeavesTheOthers() {
    staleInTheFirst("PWUAD");
    scene.shows(SUPERVISOR);
    assertConforms(scene.load(OTHER_ROOT, 1, FLUSHED));
    assertConforms(scene.load(OTHER_ROOT, 1, FLUSHED));
    assertConforms(
        scene.invalidatePcid(InvalidationType.SINGLE_CONTEXT, 1, 0, flushed(ResyncKind.NONE)));
    assertConforms(comeBack());
  }

  @Test
  void invalidatePageLeavesTheOtherContexts() {
    staleInTheFirst("PWUAD");
    assertConforms(leave());
    assertConforms(scene.invalidate(0, FLUSHED));
    assertConforms(comeBack());
  }

  @Test
  void aContextThatIsLoadedWithAFlushHasNothingStale() {
    staleInTheFirst("PWUAD");
    assertConforms(leave());
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertBlame(Rule.TLB_3, scene.load(ROOT, 0, FLUSHED));
  }

  @Test
  void whatTheContextThatIsLeftCachedIsOutOfReach() {
    staleInTheFirst("PWUAD");
    assertBlame(Rule.TLB_3, scene.load(OTHER_ROOT, 1, FLUSHED));
  }

  @Test
  void aLoadThatKeepsFlushesNothing() {
    staleInTheFirst("PWUAD");
    assertConforms(scene.loadKeeping(ROOT, 0, FLUSHED));
    assertConforms(scene.loadKeeping(OTHER_ROOT, 0, FLUSHED));
  }

  @Test
  void theProcessorHoldsNothingOfTheContextThatIsLeft() {
    staleInTheFirst("PWUAD");
    scene.shows(SUPERVISOR);
    assertBlame(Rule.PROC_1, scene.loadKeeping(OTHER_ROOT, 1, FLUSHED.dropping()));
  }

  @Test
  void aGlobalPageIsReachableUnderEveryPcid() {
    staleInTheFirst("PWUADG");
    assertConforms(scene.loadKeeping(OTHER_ROOT, 1, FLUSHED));
    assertConforms(scene.load(OTHER_ROOT, 2, FLUSHED));
    assertConforms(
        scene.invalidatePcid(InvalidationType.ALL_CONTEXTS_KEEPING_GLOBALS, 0, 0, FLUSHED));
    assertConforms(scene.invalidatePcid(InvalidationType.SINGLE_CONTEXT, 2, 0, FLUSHED));
    assertConforms(scene.invalidatePcid(InvalidationType.ADDRESS, 0, 0, FLUSHED));
    assertBlame(Rule.TLB_8, scene.invalidatePcid(InvalidationType.ALL_CONTEXTS, 0, 0, FLUSHED));
  }

  @Test
  void invalidatePageReachesAGlobalPageOfAnotherContext() {
    staleInTheFirst("PWUADG");
    assertConforms(scene.loadKeeping(OTHER_ROOT, 1, FLUSHED));
    assertBlame(Rule.TLB_1, scene.invalidate(0, FLUSHED));
  }

  @Test
  void aDeliveredFaultLeavesAGlobalPageOfAnotherContext() {
    staleInTheFirst("PWUADG");
    scene.mapOther(0, OTHER_FRAME, "PUAD");
    assertConforms(scene.loadKeeping(OTHER_ROOT, 1, FLUSHED));
    assertConforms(scene.fault(store(0), injected(store(0), READ_ONLY)));
    assertConforms(scene.loadKeeping(ROOT, 0, FLUSHED));
    scene.map(0, OTHER_FRAME, "PUADG");
    assertBlame(Rule.TLB_9, scene.fault(store(0), injected(store(0), READ_ONLY)));
  }

  @Test
  void theFaultOfAGlobalPageOfAnotherContextDoesNotRecur() {
    staleInTheFirst("PUADG");
    scene.mapOther(0, OTHER_FRAME, "PWUAD");
    assertConforms(scene.loadKeeping(OTHER_ROOT, 1, FLUSHED));
    assertConforms(scene.fault(store(0), injected(store(0), READ_ONLY)));
    assertBlame(Rule.EVENT_4, scene.fault(store(0), injected(store(0), READ_ONLY)));
  }

  @ParameterizedTest
  @EnumSource
  void eachInvalidationReachesTheContextThatIsLoaded(InvalidationType type) {
    staleInTheFirst("PWUAD");
    assertBlame(Rule.TLB_8, scene.invalidatePcid(type, 0, 0, FLUSHED));
  }

  @ParameterizedTest
  @EnumSource
  void eachInvalidationReachesAContextThatIsNotLoaded(InvalidationType type) {
    staleInTheFirst("PWUAD");
    assertConforms(leave());
    assertConforms(scene.invalidatePcid(type, 0, 0, FLUSHED));
    assertBlame(Rule.TLB_8, comeBack());
  }

  @ParameterizedTest
  @EnumSource(names = {"ADDRESS", "SINGLE_CONTEXT"})
  void anInvalidationOfAnotherContextLeavesThisOne(InvalidationType type) {
    staleInTheFirst("PWUAD");
    assertConforms(scene.invalidatePcid(type, 1, 0, FLUSHED));
  }

  @Test
  void anInvalidationOfOneAddressLeavesTheOthers() {
    staleInTheFirst("PWUAD");
    assertConforms(scene.invalidatePcid(InvalidationType.ADDRESS, 0, 1, FLUSHED));
  }

  @Test
  void aToggleOfGlobalPagesReachesContextsThatAreNotLoaded() {
    staleInTheFirst("PWUAD");
    assertConforms(leave());
    assertConforms(scene.clear(ControlState.CR4_PGE, FLUSHED));
    assertBlame(Rule.TLB_5, comeBack());
  }

  @Test
  void givingUpPcidsFlushesAllOfThem() {
    staleInTheFirst("PWUADG");
    assertBlame(Rule.TLB_5, scene.clear(ControlState.CR4_PCIDE, FLUSHED));
  }

  @Test
  void takingUpPcidsFlushesNothing() {
    LongScene plain = LongScene.in(LongGuest.FOUR_LEVEL, ALL).map(0, FRAME, "PWUAD");
    plain.shows(SUPERVISOR, plain.entry(0, FRAME, "r--"));
    assertConforms(plain.fault(load(0), mended()));
    plain.map(0, OTHER_FRAME, "PWUAD");
    assertConforms(plain.set(ControlState.CR4_PCIDE, FLUSHED));
    assertConforms(
        plain.loadKeeping(ROOT, 0, resumed(EventCause.TLB_MANIPULATION, ResyncKind.NONE)));
  }

  /** Page 0 as the first context had it, which is not what memory says. */
  private void staleInTheFirst(String flags) {
    scene.map(0, FRAME, flags).shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertConforms(scene.fault(load(0), mended()));
    scene.map(0, OTHER_FRAME, flags);
  }

  private Optional<Violation> leave() {
    return scene.shows(SUPERVISOR).loadKeeping(OTHER_ROOT, 1, FLUSHED);
  }

  private Optional<Violation> comeBack() {
    return scene
        .shows(SUPERVISOR, scene.entry(0, FRAME, "r--"))
        .loadKeeping(ROOT, 0, flushed(ResyncKind.FLUSH));
  }
}
