package io.vtlb.model.monitor;

import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.LongGuest.FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME;
import static io.vtlb.model.monitor.LongGuest.POINTERS;
import static io.vtlb.model.monitor.LongGuest.ROOT;
import static io.vtlb.model.monitor.LongScene.ALL;
import static io.vtlb.model.monitor.LongScene.CPU;
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
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.rule.Rule;
import org.junit.jupiter.api.Test;

/** The upper half of a canonical address space, where the numbers of pages are negative. */
class UpperHalfTest {

  /** The last PML4E's first page. */
  private static final long PAGE = -1L << 27;

  private final LongScene scene = LongScene.in(LongGuest.FOUR_LEVEL, ALL);

  @Test
  void pagesAreTranslatedAsBelow() {
    mapped();
    scene.map(0, OTHER_FRAME, "PWUAD");
    assertBlame(Rule.TLB_1, scene.invalidate(PAGE, flushed(ResyncKind.NONE)));
  }

  @Test
  void theProcessorForgetsAPageThatItIsAskedToForget() {
    mapped();
    scene.map(0, OTHER_FRAME, "PWUAD").shows(SUPERVISOR);
    Response dropping =
        resumed(EventCause.TLB_MANIPULATION, ResyncKind.PARTIAL)
            .dropping(new ProcessorDrop.Page(CPU, PAGE << PageSize.BASE_SHIFT));
    assertConforms(scene.invalidate(PAGE, dropping));
  }

  @Test
  void theSamePageOfTheLowerHalfIsAnother() {
    mapped();
    scene.shows(SUPERVISOR, scene.entry(PAGE & ((1L << 36) - 1), FRAME, "r--"));
    assertBlame(Rule.DERIVE_1, scene.invalidate(PAGE, flushed(ResyncKind.FLUSH)));
  }

  private void mapped() {
    scene.put(ROOT, 511, LongGuest.entry(POINTERS, "PWUA")).map(0, FRAME, "PWUAD");
    scene.shows(SUPERVISOR, scene.entry(PAGE, FRAME, "r--"));
    assertConforms(scene.fault(load(PAGE), mended()));
  }
}
