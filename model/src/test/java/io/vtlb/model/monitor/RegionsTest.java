package io.vtlb.model.monitor;

import static io.vtlb.model.machine.PageSize.LARGE_1G;
import static io.vtlb.model.machine.PageSize.LARGE_2M;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.LongGuest.DIRECTORY;
import static io.vtlb.model.monitor.LongGuest.FRAME;
import static io.vtlb.model.monitor.LongGuest.FRAME_1G;
import static io.vtlb.model.monitor.LongGuest.OTHER_DIRECTORY;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME;
import static io.vtlb.model.monitor.LongGuest.POINTERS;
import static io.vtlb.model.monitor.LongGuest.TABLE;
import static io.vtlb.model.monitor.LongScene.ALL;
import static io.vtlb.model.monitor.LongScene.assertBlame;
import static io.vtlb.model.monitor.LongScene.assertConforms;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static io.vtlb.model.monitor.Scene.resumed;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.rule.Rule;
import org.junit.jupiter.api.Test;

/** What a partial resync may touch besides the event's page, where tables have four levels. */
class RegionsTest {

  private static final long GIB = LARGE_1G;

  private final LongScene scene = LongScene.in(LongGuest.FOUR_LEVEL, ALL);

  @Test
  void itMayDropTheRestOfItsOwnRegion() {
    scene.put(DIRECTORY, 7, LongGuest.entry(TABLE, "PWUA"));
    scene.map(0, FRAME, "PWUAD").map(1, OTHER_FRAME, "PWUAD");
    shown(7 * LARGE_2M + 1);
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"));
    assertConforms(scene.fault(load(0), partial()));
  }

  @Test
  void itMayNotDropAnotherRegion() {
    scene.put(POINTERS, 3, LongGuest.entry(DIRECTORY, "PWUA"));
    scene.map(0, FRAME, "PWUAD").map(1, OTHER_FRAME, "PWUAD");
    shown(3 * GIB + 1);
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"));
    assertBlame(Rule.PARTIAL_2, scene.fault(load(0), partial()));
  }

  @Test
  void itMayNotAddToItsOwnRegion() {
    scene.map(0, FRAME, "PWUAD").map(1, OTHER_FRAME, "PWUAD");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"), scene.entry(1, OTHER_FRAME, "r--"));
    assertBlame(Rule.PARTIAL_2, scene.fault(load(0), partial()));
  }

  @Test
  void itMayAddFragmentsOfItsOwnLargePage() {
    scene.put(POINTERS, 1, LongGuest.entry(FRAME_1G, "PWUADL"));
    scene.shows(
        SUPERVISOR,
        scene.entry(GIB, FRAME_1G, "rw-"),
        scene.large(GIB + LARGE_2M, LARGE_2M, FRAME_1G + LARGE_2M, "rw-"));
    assertConforms(scene.fault(load(GIB), partial()));
  }

  @Test
  void invalidatingOneAddressOfThisContextConcernsItsPageOnly() {
    scene.put(POINTERS, 3, LongGuest.entry(DIRECTORY, "PWUA"));
    scene.map(0, FRAME, "PWUAD").map(1, OTHER_FRAME, "PWUAD");
    shown(3 * GIB + 1);
    Response heeded = flushed(ResyncKind.PARTIAL);
    assertConforms(scene.invalidatePcid(InvalidationType.ADDRESS, 0, 0, heeded));
    scene.shows(SUPERVISOR);
    assertBlame(Rule.PARTIAL_2, scene.invalidatePcid(InvalidationType.ADDRESS, 0, 0, heeded));
  }

  @Test
  void invalidatingOneAddressOfThisContextMendsIt() {
    scene.map(0, FRAME, "PWUADG");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertConforms(scene.fault(load(0), mended()));
    scene.map(0, OTHER_FRAME, "PWUADG");
    assertBlame(
        Rule.PARTIAL_1,
        scene.invalidatePcid(InvalidationType.ADDRESS, 0, 0, flushed(ResyncKind.PARTIAL)));
  }

  @Test
  void outsideLongModeAnAddressAbove4GConcernsNoPage() {
    LongScene pae = LongScene.inPae(ALL).map(0, FRAME, "PWUAD");
    pae.shows(SUPERVISOR, pae.entry(0, FRAME, "r--"));
    assertConforms(pae.fault(load(0), mended()));
    pae.map(0, OTHER_FRAME, "PWUAD");
    long above = 1L << 20;
    assertConforms(
        pae.invalidatePcid(InvalidationType.ADDRESS, 0, above, flushed(ResyncKind.NONE)));
    assertBlame(
        Rule.PARTIAL_2,
        pae.shows(SUPERVISOR)
            .invalidatePcid(InvalidationType.ADDRESS, 0, above, flushed(ResyncKind.PARTIAL)));
    pae.shows(SUPERVISOR, pae.entry(0, FRAME, "r--"));
    assertBlame(
        Rule.TLB_8, pae.invalidatePcid(InvalidationType.ADDRESS, 0, 0, flushed(ResyncKind.FLUSH)));
  }

  @Test
  void invalidatingAnotherContextConcernsNothingShown() {
    LongScene contexts = LongScene.in(LongGuest.CONTEXTS, ALL).map(0, FRAME, "PWUAD");
    contexts.shows(SUPERVISOR, contexts.entry(0, FRAME, "r--"));
    assertConforms(contexts.fault(load(0), mended()));
    contexts.map(0, OTHER_FRAME, "PWUAD");
    assertConforms(
        contexts.invalidatePcid(InvalidationType.ADDRESS, 5, 0, flushed(ResyncKind.PARTIAL)));
  }

  @Test
  void aTableThatTwoRegionsShareIsCorrectedInOne() {
    scene.put(POINTERS, 1, LongGuest.entry(OTHER_DIRECTORY, "PWUA"));
    scene.put(OTHER_DIRECTORY, 0, LongGuest.entry(TABLE, "PWUA")).map(0, FRAME, "PWUAD");
    shownTo(GIB, FRAME);
    scene.shows(SUPERVISOR, scene.entry(GIB, FRAME, "r--"), scene.entry(0, FRAME, "rw-"));
    assertConforms(scene.fault(load(0), partial()));
  }

  private void shown(long page) {
    shownTo(page, OTHER_FRAME);
  }

  private void shownTo(long page, long frame) {
    scene.shows(SUPERVISOR, scene.entry(page, frame, "r--"));
    assertConforms(scene.fault(load(page), mended()));
  }

  private static Response partial() {
    return resumed(EventCause.INCONSISTENCY, ResyncKind.PARTIAL);
  }
}
