package io.vtlb.model.monitor;

import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.LongGuest.FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME;
import static io.vtlb.model.monitor.LongScene.ALL;
import static io.vtlb.model.monitor.LongScene.CPU;
import static io.vtlb.model.monitor.LongScene.SECOND_CPU;
import static io.vtlb.model.monitor.LongScene.assertBlame;
import static io.vtlb.model.monitor.LongScene.assertConforms;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.rule.Rule;
import org.junit.jupiter.api.Test;

/** What each of two virtual CPUs of one machine is owed, and when. */
class SeveralVcpusTest {

  private static final ProcessorDrop SECOND = new ProcessorDrop.Everything(SECOND_CPU);

  private final LongScene scene = LongScene.in(LongGuest.FOUR_LEVEL, ALL);

  @Test
  void invalidatePageObligesOnlyTheOneThatExecutedIt() {
    bothShow(FRAME);
    remap();
    scene.shows(CPU, SUPERVISOR);
    assertConforms(scene.invalidate(CPU, 0, flushed(ResyncKind.NONE)));
    assertConforms(scene.resumed(SECOND_CPU));
    assertBlame(
        Rule.TLB_1, scene.invalidate(SECOND_CPU, 0, flushed(ResyncKind.NONE).dropping(SECOND)));
  }

  @Test
  void whatTheOtherOnesEventBroughtBackIsBlamedWhenItGoesOn() {
    bothShow(FRAME);
    remap();
    scene.shows(SECOND_CPU, SUPERVISOR);
    assertConforms(scene.invalidate(SECOND_CPU, 0, flushed(ResyncKind.NONE).dropping(SECOND)));
    scene.shows(SECOND_CPU, SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertConforms(scene.fault(CPU, load(0), mended()));
    assertBlame(Rule.TLB_1, scene.resumed(SECOND_CPU));
  }

  @Test
  void aWrongSharedEntryIsBlamedAtOnceOnTheOneThatRuns() {
    bothShow(OTHER_FRAME);
    assertBlame(Rule.DERIVE_1, scene.fault(CPU, load(0), mended()));
  }

  @Test
  void theOthersProcessorIsJudgedWhenItGoesOn() {
    bothShow(FRAME);
    remap();
    scene.shows(SECOND_CPU, SUPERVISOR);
    assertBlame(Rule.PROC_1, scene.invalidate(SECOND_CPU, 0, flushed(ResyncKind.NONE).dropping()));
  }

  @Test
  void aDropForTheOtherOneCounts() {
    bothShow(FRAME);
    remap();
    scene.shows(CPU, SUPERVISOR).shows(SECOND_CPU, SUPERVISOR);
    Response both = flushed(ResyncKind.NONE).dropping(new ProcessorDrop.Everything(CPU), SECOND);
    assertConforms(scene.invalidate(CPU, 0, both));
    assertConforms(scene.resumed(SECOND_CPU));
    assertConforms(scene.invalidate(SECOND_CPU, 0, flushed(ResyncKind.NONE).dropping()));
  }

  @Test
  void aDropForOneDoesNotServeTheOther() {
    bothShow(FRAME);
    remap();
    scene.shows(CPU, SUPERVISOR).shows(SECOND_CPU, SUPERVISOR);
    assertConforms(scene.invalidate(CPU, 0, flushed(ResyncKind.NONE)));
    assertBlame(Rule.PROC_1, scene.invalidate(SECOND_CPU, 0, flushed(ResyncKind.NONE).dropping()));
  }

  @Test
  void aLoadOfTheRootObligesOnlyItsOwn() {
    bothShow(FRAME);
    remap();
    scene.shows(CPU, SUPERVISOR);
    assertConforms(scene.load(LongGuest.ROOT, 0, flushed(ResyncKind.NONE)));
    assertConforms(scene.resumed(SECOND_CPU));
    assertEquals(1, scene.exercised(Rule.TLB_2));
  }

  @Test
  void aDeliveredFaultObligesOnlyItsOwn() {
    scene.map(0, FRAME, "PUAD");
    var shared = scene.entry(0, FRAME, "r--");
    scene.shows(CPU, SUPERVISOR, shared).shows(SECOND_CPU, SUPERVISOR, shared);
    assertConforms(scene.fault(CPU, load(0), mended()));
    assertConforms(scene.fault(SECOND_CPU, load(0), mended()));
    scene.map(0, OTHER_FRAME, "PUAD").shows(CPU, SUPERVISOR);
    int denied = FaultCode.PRESENT | FaultCode.WRITE;
    assertConforms(scene.fault(CPU, Scene.store(0), Scene.injected(Scene.store(0), denied)));
    assertConforms(scene.resumed(SECOND_CPU));
  }

  @Test
  void eachHasControlStateOfItsOwn() {
    scene.map(0, FRAME, "PWUAD");
    var executable = scene.entry(0, FRAME, "r-x");
    scene.shows(SECOND_CPU, SUPERVISOR, executable);
    assertConforms(scene.fault(SECOND_CPU, load(0), mended()));
    assertConforms(scene.set(ControlState.CR4_SMEP, flushed(ResyncKind.NONE)));
    assertConforms(scene.resumed(SECOND_CPU));
    scene.shows(CPU, SUPERVISOR, executable);
    assertBlame(Rule.DERIVE_2, scene.resumed(CPU));
  }

  @Test
  void oneMayRunWithoutPagingWhileTheOtherPages() {
    scene.map((int) FRAME, OTHER_FRAME, "PWUAD");
    assertConforms(
        scene.write(
            SECOND_CPU,
            ControlRegister.CR0,
            LongGuest.UNPAGED.cr0(),
            flushed(ResyncKind.NONE).dropping(SECOND)));
    scene.shows(SECOND_CPU, SUPERVISOR, scene.entry(FRAME, FRAME, "rwx"));
    scene.shows(CPU, SUPERVISOR, scene.entry(FRAME, OTHER_FRAME, "rw-"));
    assertConforms(scene.resumed(SECOND_CPU));
    assertConforms(scene.resumed(CPU));
    scene.shows(CPU, SUPERVISOR, scene.entry(FRAME, FRAME, "rw-"));
    assertBlame(Rule.DERIVE_1, scene.resumed(CPU));
  }

  /** Both have resumed with page 0 mapped to this frame, which is what memory says or not. */
  private void bothShow(long frame) {
    scene.map(0, FRAME, "PWUAD");
    var shared = scene.entry(0, frame, "r--");
    scene.shows(CPU, SUPERVISOR, shared).shows(SECOND_CPU, SUPERVISOR, shared);
    if (frame == FRAME) {
      assertConforms(scene.fault(CPU, load(0), mended()));
      assertConforms(scene.fault(SECOND_CPU, load(0), mended()));
    }
  }

  private void remap() {
    scene.map(0, OTHER_FRAME, "PWUAD");
  }
}
