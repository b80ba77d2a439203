package io.vtlb.model.monitor;

import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_FRAME;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static io.vtlb.model.monitor.Scene.resumed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Feature;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a target declares decides how it is judged. */
class DeclaredFeaturesTest {

  private static final Set<Rule> ALL = EnumSet.allOf(Rule.class);

  @Test
  void prefetchMayInstallWhatMatchesElsewhere() {
    Scene scene = Scene.reporting(ALL, Feature.PREFETCH);
    scene.map(0, FRAME, "PWUAD").map(1, OTHER_FRAME, "PWUAD");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"), scene.entry(1, OTHER_FRAME, "r--"));
    assertEquals(Optional.empty(), scene.fault(load(0), partial()));
  }

  @Test
  void prefetchMayNotInstallWhatDoesNotMatch() {
    Scene scene = Scene.reporting(ALL, Feature.PREFETCH);
    scene.map(0, FRAME, "PWUAD").map(1, OTHER_FRAME, "PWUAD").map(1, FRAME, "PWUAD");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"), scene.entry(1, OTHER_FRAME, "r--"));
    assertBlame(Rule.PARTIAL_2, scene.fault(load(0), partial()));
  }

  @ParameterizedTest
  @EnumSource
  void onlyPrefetchSharingAndRecyclingExcuseADropElsewhere(Feature feature) {
    Scene scene = Scene.reporting(ALL, feature);
    long elsewhere = ExampleGuest.page(1, 1);
    scene.direct(1, ExampleGuest.TABLE, "PWUA");
    scene.map(0, FRAME, "PWUAD").map(1, OTHER_FRAME, "PWUAD");
    scene.shows(SUPERVISOR, scene.entry(elsewhere, OTHER_FRAME, "r--"));
    assertEquals(Optional.empty(), scene.fault(load(elsewhere), mended()));
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"));
    boolean excused =
        switch (feature) {
          case PREFETCH, SHARING, RECYCLING -> true;
          case INTERCEPTS_PRIVILEGE_CHANGES, EVENTS_FLUSH_PROCESSOR, FOREIGN_STORES -> false;
          case SEVERAL_VCPUS, PCID, HOST_OPERATIONS, INTERLEAVING -> false;
          case WRITE_TRACKING, SPURIOUS_FAULTS -> false;
        };
    assertEquals(
        excused ? Optional.empty() : Optional.of(Rule.PARTIAL_2),
        scene.fault(load(0), partial()).map(Violation::rule));
  }

  @Test
  void aProcessorFlushedByEachEventHoldsNothing() {
    Scene scene = Scene.reporting(ALL, Feature.EVENTS_FLUSH_PROCESSOR).map(0, FRAME, "PWUAD");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertEquals(Optional.empty(), scene.fault(load(0), mended()));
    scene.map(0, OTHER_FRAME, "PWUAD").shows(SUPERVISOR);
    assertEquals(
        Optional.empty(),
        scene.invalidate(0, resumed(EventCause.TLB_MANIPULATION, ResyncKind.NONE)));
  }

  @Test
  void whatIsOwedToAnotherPrivilegeSetIsDueWhenThatSetRuns() {
    Scene scene = Scene.reporting(ALL, Feature.INTERCEPTS_PRIVILEGE_CHANGES).map(0, FRAME, "PWUAD");
    scene.shows(USER, scene.entry(0, FRAME, "r--"));
    assertEquals(Optional.empty(), scene.changePrivilege(0, 3, setChanged()));
    assertEquals(Optional.empty(), scene.changePrivilege(3, 0, setChanged()));
    scene.map(0, OTHER_FRAME, "PWUAD");
    assertEquals(Optional.empty(), scene.invalidate(0, flushed(ResyncKind.NONE)));
    assertBlame(Rule.TLB_1, scene.changePrivilege(0, 3, setChanged()));
  }

  @Test
  void theProcessorCachesNothingForASetThatDoesNotRun() {
    Scene scene = Scene.reporting(ALL, Feature.INTERCEPTS_PRIVILEGE_CHANGES).map(0, FRAME, "PWUAD");
    scene.shows(USER, scene.entry(0, FRAME, "r--"));
    assertEquals(Optional.empty(), scene.fault(load(0), mended()));
    scene.map(0, OTHER_FRAME, "PWUAD").shows(USER);
    assertEquals(Optional.empty(), scene.invalidate(0, flushed(ResyncKind.NONE).dropping()));
    assertEquals(Optional.empty(), scene.changePrivilege(0, 3, setChanged()));
  }

  @Test
  void whatItCachedForASetIsDueWhenThatSetRunsAgain() {
    Scene scene = Scene.reporting(ALL, Feature.INTERCEPTS_PRIVILEGE_CHANGES).map(0, FRAME, "PWUAD");
    scene.shows(USER, scene.entry(0, FRAME, "r--"));
    assertEquals(Optional.empty(), scene.changePrivilege(0, 3, setChanged()));
    assertEquals(Optional.empty(), scene.changePrivilege(3, 0, setChanged()));
    scene.map(0, OTHER_FRAME, "PWUAD").shows(USER);
    assertEquals(Optional.empty(), scene.invalidate(0, flushed(ResyncKind.NONE).dropping()));
    assertBlame(Rule.PROC_1, scene.changePrivilege(0, 3, setChanged()));
  }

  @Test
  void onlyAStrictTargetKeepsWhatMatchesInAFullResync() {
    Scene scene = Scene.reporting(ALL, Feature.RECYCLING).map(0, FRAME, "PWUAD");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertEquals(Optional.empty(), scene.fault(load(0), mended()));
    scene.shows(SUPERVISOR);
    assertEquals(Optional.empty(), scene.reloadRoot(flushed(ResyncKind.FULL)));
  }

  @Test
  void withoutInterceptionBothSetsAreDueAtOnce() {
    Scene scene = Scene.reporting(ALL).map(0, FRAME, "PWUAD");
    scene.shows(USER, scene.entry(0, FRAME, "r--"));
    assertEquals(Optional.empty(), scene.fault(load(0), mended()));
    scene.map(0, OTHER_FRAME, "PWUAD");
    assertBlame(Rule.TLB_1, scene.invalidate(0, flushed(ResyncKind.NONE)));
  }

  @Test
  void aRuleAboveTheLevelIsNotJudged() {
    Scene scene = Scene.showing(ALL).map(0, FRAME, "PWUAD").map(1, OTHER_FRAME, "PWUAD");
    scene.shows(SUPERVISOR, scene.entry(1, OTHER_FRAME, "r--"));
    assertEquals(Optional.empty(), scene.fault(load(0), partial()));
    assertEquals(0, scene.tally().judged(Rule.PARTIAL_1));
  }

  private static Response setChanged() {
    return resumed(EventCause.PRIVILEGE_SET_CHANGE, ResyncKind.FLUSH);
  }

  private static Response partial() {
    return resumed(EventCause.INCONSISTENCY, ResyncKind.PARTIAL);
  }

  private static void assertBlame(Rule rule, Optional<Violation> violation) {
    assertEquals(Optional.of(rule), violation.map(Violation::rule));
  }
}
