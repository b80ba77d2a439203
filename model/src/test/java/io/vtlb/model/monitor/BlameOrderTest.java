package io.vtlb.model.monitor;

import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.LARGE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_LARGE_FRAME;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.rule.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of several broken rules the most specific is blamed. */
class BlameOrderTest {

  @ParameterizedTest
  @EnumSource
  void ranksEveryRule(Rule rule) {
    assertTrue(BlameOrder.rank(rule) >= 0);
  }

  @Test
  void ranksNoTwoRulesAlike() {
    Map<Integer, Rule> byRank = new HashMap<>();
    for (Rule rule : Rule.values()) {
      assertEquals(null, byRank.put(BlameOrder.rank(rule), rule));
    }
  }

  @Test
  void foreignFrameThenWrongFrameThenExcessRights() {
    assertEquals(
        List.of(Rule.ISOLATE_1, Rule.PRIV_1, Rule.DERIVE_1, Rule.DERIVE_2),
        blamesInTurn(judged -> {
          Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUAD").map(1, FRAME, "PWAD");
          scene.map(2, FRAME, "PAD").map(3, FRAME, "PAD");
          return scene
              .shows(
                  SUPERVISOR,
                  scene.foreignEntry(0, FRAME, "r--"),
                  scene.entry(2, OTHER_FRAME, "r--"),
                  scene.entry(3, FRAME, "rw-"))
              .shows(USER, scene.entry(1, FRAME, "r--"))
              .fault(load(0), mended());
        }));
  }

  @Test
  void theRowThatObligedTheDropThenTheProcessorThenTheReport() {
    assertEquals(
        List.of(Rule.TLB_1, Rule.PROC_1, Rule.EVENT_5),
        blamesInTurn(judged -> {
          Scene scene = Scene.reporting(judged).direct(0, LARGE_FRAME, "PWUADL");
          scene.shows(
              SUPERVISOR,
              scene.entry(0, LARGE_FRAME, "r--"),
              scene.entry(1, LARGE_FRAME + 1, "r--"));
          scene.fault(load(0), mended());
          return scene
              .direct(0, OTHER_LARGE_FRAME, "PWUADL")
              .shows(SUPERVISOR, scene.entry(1, LARGE_FRAME + 1, "r--"))
              .invalidate(0, mended());
        }));
  }

  @Test
  void theAnswerThenWhatItSays() {
    assertEquals(
        List.of(Rule.EVENT_2, Rule.EVENT_6, Rule.PARTIAL_1),
        blamesInTurn(judged ->
            Scene.reporting(judged)
                .fault(load(0), Scene.resumed(EventCause.INCONSISTENCY, ResyncKind.PARTIAL))));
  }

  @Test
  void aStaleTranslationIsNotAWrongFrameThatTheResyncMissed() {
    assertEquals(
        List.of(Rule.TLB_2, Rule.FULL_1),
        blamesInTurn(judged -> {
          Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUAD");
          scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--")).fault(load(0), mended());
          return scene.map(0, OTHER_FRAME, "PWUAD").reloadRoot(flushed(ResyncKind.FULL));
        }));
  }

  @Test
  void whatTheStructureKeepsIsNotBlamedOnTheProcessorToo() {
    assertEquals(
        List.of(Rule.TLB_1),
        blamesInTurn(judged -> {
          Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUAD");
          scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--")).fault(load(0), mended());
          return scene
              .map(0, OTHER_FRAME, "PWUAD")
              .invalidate(0, flushed(ResyncKind.NONE).dropping());
        }));
  }

  @Test
  void noReportIsTheOnlyBlameOfAnAnswerThatIsRight() {
    assertEquals(
        List.of(Rule.EVENT_1),
        blamesInTurn(judged -> {
          Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUAD");
          return scene
              .shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"))
              .fault(load(0), Response.of(new Response.Action.Resume()));
        }));
  }

  /** Repeats a scene, each time without the rules that were blamed already. */
  private static List<Rule> blamesInTurn(Function<Set<Rule>, Optional<Violation>> scene) {
    Set<Rule> judged = EnumSet.allOf(Rule.class);
    List<Rule> blamed = new ArrayList<>();
    Optional<Violation> worst = scene.apply(judged);
    while (worst.isPresent()) {
      blamed.add(worst.get().rule());
      judged.remove(worst.get().rule());
      worst = scene.apply(judged);
    }
    return blamed;
  }
}
