package io.vtlb.model.monitor;

import static io.vtlb.model.guest.ExampleGuest.DEVICE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_FRAME;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static io.vtlb.model.monitor.Scene.resumed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.rule.Rule;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A rule is judged whenever the monitor looks, and exercised only where breaking it would have
 * shown.
 */
class TallyTest {

  private static final Set<Rule> ALL = EnumSet.allOf(Rule.class);

  @Test
  void invalidatePageWithNothingCachedIsJudgedOnly() {
    Scene scene = Scene.reporting(ALL).map(0, FRAME, "PWUAD").map(0, OTHER_FRAME, "PWUAD");
    scene.invalidate(0, flushed(ResyncKind.NONE));
    assertCounts(scene, Rule.TLB_1, 1, 0);
  }

  @Test
  void invalidatePageWithNothingStaleIsJudgedOnly() {
    Scene scene = cached("PWUAD");
    scene.shows(SUPERVISOR).invalidate(0, flushed(ResyncKind.NONE));
    assertCounts(scene, Rule.TLB_1, 1, 0);
  }

  @Test
  void invalidatePageOfAnotherPageIsJudgedOnly() {
    Scene scene = cached("PWUAD").map(0, OTHER_FRAME, "PWUAD");
    scene.invalidate(1, flushed(ResyncKind.NONE));
    assertCounts(scene, Rule.TLB_1, 1, 0);
  }

  @Test
  void invalidatePageWithAStaleEntryExercises() {
    Scene scene = cached("PWUAD").map(0, OTHER_FRAME, "PWUAD").shows(SUPERVISOR);
    assertEquals(Optional.empty(), scene.invalidate(0, flushed(ResyncKind.NONE)));
    assertCounts(scene, Rule.TLB_1, 1, 1);
    assertCounts(scene, Rule.PROC_1, 2, 1);
  }

  @Test
  void invalidatePageWithAStaleTranslationInTheProcessorOnlyExercises() {
    Scene scene = cached("PWUAD").map(0, OTHER_FRAME, "PWUAD");
    scene.shows(SUPERVISOR).fault(load(1), Scene.injected(load(1), 0).dropping());
    assertEquals(Optional.empty(), scene.invalidate(0, flushed(ResyncKind.NONE)));
    assertCounts(scene, Rule.TLB_1, 1, 1);
  }

  @Test
  void reloadingTheRootExercisesForStalePagesUnlessTheyAreGlobal() {
    Scene scene = cached("PWUAD").map(0, OTHER_FRAME, "PWUAD").shows(SUPERVISOR);
    scene.reloadRoot(flushed(ResyncKind.NONE));
    assertCounts(scene, Rule.TLB_2, 1, 1);

    Scene global = cached("PWUADG").map(0, OTHER_FRAME, "PWUADG").shows(SUPERVISOR);
    global.reloadRoot(flushed(ResyncKind.NONE));
    assertCounts(global, Rule.TLB_2, 1, 0);
  }

  @Test
  void onlyAWriteThatTogglesGlobalPagesIsJudgedForIt() {
    Scene scene = cached("PWUADG").map(0, OTHER_FRAME, "PWUADG").shows(SUPERVISOR);
    scene.write(
        ControlRegister.CR4,
        ControlState.CR4_PGE,
        resumed(EventCause.CONTROL_CHANGE, ResyncKind.NONE));
    assertCounts(scene, Rule.TLB_5, 0, 0);
    scene.write(ControlRegister.CR4, 0, flushed(ResyncKind.NONE));
    assertCounts(scene, Rule.TLB_5, 1, 1);
  }

  @Test
  void aDeliveredFaultExercisesOnlyIfItIsForRights() {
    Scene scene = cached("PUAD").map(0, OTHER_FRAME, "PUAD");
    scene.fault(load(1), Scene.injected(load(1), 0).dropping());
    assertCounts(scene, Rule.TLB_9, 0, 0);
    int denied = FaultCode.PRESENT | FaultCode.WRITE;
    scene.meanwhile(() -> scene.shows(SUPERVISOR));
    scene.fault(Scene.store(0), Scene.injected(Scene.store(0), denied));
    assertCounts(scene, Rule.TLB_9, 1, 1);
  }

  @Test
  void aDeliveredFaultForAReservedBitObligesNothing() {
    Scene scene = cached("PWUAD").map(0, OTHER_FRAME, "PWUAD").shows(SUPERVISOR);
    scene.direct(0, 0x600, "PWUAL");
    int reserved = FaultCode.PRESENT | FaultCode.RESERVED;
    assertEquals(Optional.empty(), scene.fault(load(0), Scene.injected(load(0), reserved)));
    assertCounts(scene, Rule.TLB_9, 0, 0);
  }

  @Test
  void invalidatePageOfWhatTheTargetHasMendedAlreadyIsJudgedOnly() {
    Scene scene = cached("PWUAD").map(0, OTHER_FRAME, "PWUAD");
    scene.shows(SUPERVISOR, scene.entry(0, OTHER_FRAME, "r--"));
    scene.fault(load(0), mended().dropping(new ProcessorDrop.Everything(Scene.CPU)));
    scene.invalidate(0, flushed(ResyncKind.NONE));
    assertCounts(scene, Rule.TLB_1, 1, 0);
  }

  @Test
  void devicesAreExercisedByAnAccessToOne() {
    Scene scene = cached("PWUAD").map(1, DEVICE_FRAME, "PWUAD");
    assertCounts(scene, Rule.DEVICE_1, 1, 0);
    scene.fault(
        load(1),
        Response.of(new Response.Action.DeviceAccess())
            .reporting(EventCause.DEVICE_ACCESS, ResyncKind.NONE));
    assertCounts(scene, Rule.DEVICE_1, 2, 1);
  }

  @Test
  void excessRightsAreExercisedByAnEntryOfAPageThatWithholdsOne() {
    assertEquals(0, cached("PWUAD").tally().exercised(Rule.DERIVE_2));
    assertEquals(1, cached("PUAD").tally().exercised(Rule.DERIVE_2));
    LongScene wide = LongScene.in(LongGuest.FOUR_LEVEL, ALL).map(0, FRAME, "PWUADX");
    wide.shows(SUPERVISOR, wide.entry(0, FRAME, "rw-"));
    wide.fault(load(0), mended());
    assertEquals(1, wide.exercised(Rule.DERIVE_2));
  }

  @Test
  void privilegeSetsAreExercisedByAnEntryThatUsersMayNotHave() {
    Scene userPage = cached("PWUAD");
    assertCounts(userPage, Rule.PRIV_1, 1, 0);
    Scene supervisorPage = cached("PWAD");
    assertCounts(supervisorPage, Rule.PRIV_1, 1, 1);
  }

  @Test
  void theProcessorsTlbIsExercisedByADropThatWasDue() {
    Scene scene = cached("PWUAD");
    scene.invalidate(0, flushed(ResyncKind.NONE));
    assertCounts(scene, Rule.PROC_1, 2, 0);
    scene.map(0, OTHER_FRAME, "PWUAD").shows(SUPERVISOR);
    scene.invalidate(
        0,
        resumed(EventCause.TLB_MANIPULATION, ResyncKind.NONE)
            .dropping(new ProcessorDrop.Page(Scene.CPU, 0x10)));
    assertCounts(scene, Rule.PROC_1, 3, 1);
  }

  @Test
  void aDerivedRuleCountsWhatItFollowsFrom() {
    Scene scene = cached("PWUAD");
    scene.invalidate(0, flushed(ResyncKind.NONE));
    long judged =
        Rule.PERIODIC_1.derivedFrom().stream().mapToLong(rule -> scene.tally().judged(rule)).sum();
    assertEquals(judged, scene.tally().judged(Rule.PERIODIC_1));
    assertEquals(
        Rule.PERIODIC_1.derivedFrom().stream()
            .mapToLong(rule -> scene.tally().exercised(rule))
            .sum(),
        scene.tally().exercised(Rule.PERIODIC_1));
  }

  @Test
  void talliesAdd() {
    Tally sum = new Tally();
    sum.judge(Rule.TLB_1);
    Tally other = new Tally();
    other.exercise(Rule.TLB_1);
    other.count(Rule.TLB_2, false);
    sum.add(other);
    assertEquals(2, sum.judged(Rule.TLB_1));
    assertEquals(1, sum.exercised(Rule.TLB_1));
    assertEquals(1, sum.judged(Rule.TLB_2));
    assertEquals(0, sum.exercised(Rule.TLB_2));
  }

  /** The target shows page 0 as the guest maps it. */
  private static Scene cached(String flags) {
    Scene scene = Scene.reporting(ALL).map(0, FRAME, flags);
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertEquals(Optional.empty(), scene.fault(load(0), mended()));
    return scene;
  }

  private static void assertCounts(Scene scene, Rule rule, long judged, long exercised) {
    assertEquals(judged, scene.tally().judged(rule), "judged");
    assertEquals(exercised, scene.tally().exercised(rule), "exercised");
  }
}
