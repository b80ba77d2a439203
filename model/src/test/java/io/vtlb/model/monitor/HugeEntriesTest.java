package io.vtlb.model.monitor;

import static io.vtlb.model.machine.PageSize.LARGE_1G;
import static io.vtlb.model.machine.PageSize.LARGE_2M;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.LongGuest.DIRECTORY;
import static io.vtlb.model.monitor.LongGuest.FRAME_1G;
import static io.vtlb.model.monitor.LongGuest.FRAME_2M;
import static io.vtlb.model.monitor.LongGuest.OTHER_DIRECTORY;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME_1G;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME_2M;
import static io.vtlb.model.monitor.LongGuest.POINTERS;
import static io.vtlb.model.monitor.LongScene.ALL;
import static io.vtlb.model.monitor.LongScene.assertBlame;
import static io.vtlb.model.monitor.LongScene.assertConforms;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;

import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.rule.Rule;
import org.junit.jupiter.api.Test;

/** Active entries for 2 MiB and 1 GiB pages are right if they are right for each of their pages. */
class HugeEntriesTest {

  private static final long GIB = LARGE_1G;
  private static final long MIB_2 = LARGE_2M;
  private static final int REPEATED = 2000;

  private final LongScene scene = LongScene.in(LongGuest.FOUR_LEVEL, ALL);

  @Test
  void mayStandForAPageOfTheirSize() {
    scene.put(POINTERS, 1, LongGuest.entry(FRAME_1G, "PWUADL"));
    scene.shows(SUPERVISOR, scene.large(GIB, LARGE_1G, FRAME_1G, "rw-"));
    assertConforms(scene.fault(load(GIB), mended()));
    for (int again = 0; again < REPEATED; again++) {
      assertConforms(scene.load(LongGuest.ROOT, 0, flushed(ResyncKind.FULL)));
    }
  }

  @Test
  void mayBeSmallerThanTheGuestsPage() {
    scene.put(POINTERS, 1, LongGuest.entry(FRAME_1G, "PWUADL"));
    scene.shows(SUPERVISOR, scene.large(GIB + MIB_2, LARGE_2M, FRAME_1G + MIB_2, "rw-"));
    assertConforms(scene.fault(load(GIB + MIB_2), mended()));
    scene.shows(SUPERVISOR, scene.large(GIB + MIB_2, LARGE_2M, FRAME_1G, "rw-"));
    assertBlame(Rule.DERIVE_1, scene.fault(load(GIB + MIB_2), mended()));
  }

  @Test
  void mayStandForSmallerPagesThatLieAlike() {
    alike();
    scene.shows(SUPERVISOR, scene.large(GIB, LARGE_1G, FRAME_1G, "rw-"));
    assertConforms(scene.fault(load(GIB), mended()));
    for (int again = 0; again < REPEATED / 100; again++) {
      assertConforms(scene.load(LongGuest.ROOT, 0, flushed(ResyncKind.FULL)));
    }
  }

  @Test
  void areWrongAsSoonAsOnePartIs() {
    alike();
    scene.put(OTHER_DIRECTORY, 511, LongGuest.entry(FRAME_1G + 511 * MIB_2, "PUADL"));
    assertConforms(scene.load(LongGuest.ROOT, 0, flushed(ResyncKind.NONE)));
    scene.shows(SUPERVISOR, scene.large(GIB, LARGE_1G, FRAME_1G, "r--"));
    assertConforms(scene.fault(load(GIB), mended()));
    scene.shows(SUPERVISOR, scene.large(GIB, LARGE_1G, FRAME_1G, "rw-"));
    assertBlame(Rule.TLB_2, scene.fault(load(GIB), mended()));
  }

  @Test
  void goWithOneFragmentThatHadToBeDropped() {
    scene.put(POINTERS, 1, LongGuest.entry(FRAME_1G, "PWUADL"));
    scene.shows(SUPERVISOR, scene.large(GIB, LARGE_1G, FRAME_1G, "rw-"));
    assertConforms(scene.fault(load(GIB), mended()));
    scene.put(POINTERS, 1, 0);
    assertBlame(
        Rule.TLB_8,
        scene.invalidatePcid(
            InvalidationType.ADDRESS, 0, GIB + LARGE_1G - 1, flushed(ResyncKind.NONE)));
  }

  @Test
  void goAltogetherWhileTheTablesMapALargePage() {
    scene.put(DIRECTORY, 1, LongGuest.entry(FRAME_2M, "PWUADL"));
    scene.shows(SUPERVISOR, scene.large(MIB_2, LARGE_2M, FRAME_2M, "rw-"));
    assertConforms(scene.fault(load(MIB_2), mended()));
    scene.put(DIRECTORY, 1, LongGuest.entry(OTHER_FRAME_2M, "PWUADL"));
    scene.shows(SUPERVISOR, scene.entry(MIB_2 + 9, FRAME_2M + 9, "r--"));
    assertBlame(Rule.TLB_1, scene.invalidate(MIB_2, flushed(ResyncKind.FLUSH)));
  }

  @Test
  void matchOnlyWhereEveryPartDoes() {
    scene.put(POINTERS, 1, LongGuest.entry(FRAME_1G, "PWUADLG"));
    scene.shows(SUPERVISOR, scene.large(GIB, LARGE_1G, FRAME_1G, "rw-"));
    assertConforms(scene.fault(load(GIB), mended()));
    alike();
    scene.put(OTHER_DIRECTORY, 511, LongGuest.entry(OTHER_FRAME_1G, "PWUADL"));
    assertBlame(Rule.FULL_1, scene.load(LongGuest.ROOT, 0, flushed(ResyncKind.FULL)));
  }

  @Test
  void mayNotReachPastTheEndOfMemory() {
    scene.put(POINTERS, 1, LongGuest.entry(0, "PWUADL"));
    scene.shows(SUPERVISOR, scene.large(GIB, LARGE_1G, 0, "rw-"));
    assertBlame(Rule.DEVICE_1, scene.fault(load(GIB), mended()));
  }

  /** The second GiB is mapped by 2 MiB pages that lie as one of 1 GiB would. */
  private void alike() {
    for (int index = 0; index < LARGE_1G / LARGE_2M; index++) {
      scene.put(OTHER_DIRECTORY, index, LongGuest.entry(FRAME_1G + (long) index * MIB_2, "PWUADL"));
    }
    scene.put(POINTERS, 1, LongGuest.entry(OTHER_DIRECTORY, "PWUA"));
  }
}
