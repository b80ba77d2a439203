package io.vtlb.conformance.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.target.WrappedVmm;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A target that fails leaves the run without a verdict on its rules, and says how it failed. */
class FailingTargetTest {

  private static final AccessRights READ = new AccessRights(true, false, false);

  /** Fails in the way of the supplier when it is asked for its entries. */
  private static WrappedVmm showing(Supplier<@Nullable Collection<ActiveEntry>> entries) {
    return new WrappedVmm() {
      @Override
      @SuppressWarnings("NullAway")
      public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
        return entries.get();
      }
    };
  }

  private static WrappedVmm answering(Supplier<@Nullable Response> response) {
    return new WrappedVmm() {
      @Override
      @SuppressWarnings("NullAway")
      public Response handle(Event event) {
        return response.get();
      }
    };
  }

  private static void assertCrashed(Supplier<WrappedVmm> maker, String failure) {
    Verification run = Plans.runUntilItFails(maker);
    assertEquals(List.of(), run.failures());
    Verdict verdict = Verdict.of(run);
    assertEquals(Verdict.Kind.INCONCLUSIVE, verdict.kind());
    assertTrue(verdict.reason().contains(failure), verdict.reason());
    assertTrue(
        verdict.reason().contains(" in sequence 0 of seed 1 at operation "), verdict.reason());
  }

  @Test
  void anExceptionWhenAMachineIsCreated() {
    assertCrashed(
        () ->
            new WrappedVmm() {
              @Override
              public void create(VmBlueprint blueprint, GuestMemory memory) {
                throw new IllegalStateException("no room");
              }
            },
        "java.lang.IllegalStateException: no room in sequence 0 of seed 1 at operation 0");
  }

  static List<Throwable> failures() {
    return List.of(
        new IllegalArgumentException("what event?"),
        new AssertionError("impossible"),
        new NoClassDefFoundError("my/Other"),
        new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whateverIsThrownWhenAnEventIsHandled(Throwable failure) {
    assertCrashed(
        () ->
            answering(() -> {
              if (failure instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) failure;
            }),
        failure.toString());
  }

  @Test
  void anEndlessRecursion() {
    assertCrashed(
        () ->
            new WrappedVmm() {
              @Override
              @SuppressWarnings("InfiniteRecursion")
              public Response handle(Event event) {
                return handle(event);
              }
            },
        "java.lang.StackOverflowError");
  }

  @Test
  void anExceptionWhenEntriesAreListed() {
    assertCrashed(
        () ->
            showing(() -> {
              throw new IllegalStateException("later");
            }),
        "java.lang.IllegalStateException: later");
  }

  @Test
  void noCollectionOfEntries() {
    assertCrashed(() -> showing(() -> null), "java.lang.NullPointerException");
  }

  @Test
  void noEntryInTheCollection() {
    assertCrashed(
        () -> showing(() -> Arrays.asList((ActiveEntry) null)), "java.lang.NullPointerException");
  }

  static List<ActiveEntry> impossibleEntries() {
    return List.of(
        new ActiveEntry(0, 0, 0, READ),
        new ActiveEntry(0, 2, 0, READ),
        new ActiveEntry(0, -1, 0, READ),
        new ActiveEntry(0, 1, -1, READ),
        new ActiveEntry(-1L >>> 12, 1, 0, READ));
  }

  @ParameterizedTest
  @MethodSource("impossibleEntries")
  void anImpossibleEntry(ActiveEntry entry) {
    assertCrashed(
        () -> showing(() -> List.of(entry)),
        "protocol-error: activeEntries returned an impossible entry: " + entry);
  }

  @Test
  void aDropForAVirtualCpuThatIsNotThere() {
    ProcessorDrop drop = new ProcessorDrop.Everything(new Vcpu(0, 1));
    assertCrashed(
        () -> answering(() -> Response.of(new Response.Action.Resume()).dropping(drop)),
        "protocol-error: the response drops for a virtual CPU that is not there");
  }

  @Test
  void noAnswerBreaksARule() {
    Verification run = Plans.run(() -> answering(() -> null));
    assertEquals(Rule.EVENT_1, run.failures().getFirst().violation().rule());
    assertEquals(Verdict.Kind.FAILS, Verdict.of(run).kind());
  }

  /** What was found before the target failed still counts. */
  @Test
  void aBrokenRuleIsWorseThanAFailureAfterIt() {
    List<Integer> made = new ArrayList<>();
    Supplier<WrappedVmm> maker =
        () -> {
          made.add(0);
          boolean late = made.size() > 2;
          return answering(() -> {
            if (late) {
              throw new IllegalStateException("late");
            }
            return null;
          });
        };
    // With one thread, sequence after sequence gets its target.
    Verification run = Plans.runOneByOne(maker);
    assertEquals(Verdict.Kind.FAILS, Verdict.of(run).kind());
    assertEquals(1 + run.plan().restarts(), run.crashes().size());
  }
}
