package io.vtlb.conformance.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.target.WrappedVmm;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a target throws or returns, the run ends with a verdict. */
@SuppressWarnings("NullOptional") // a target need not heed what the types ask
class HostileTargetTest {

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
    throw (E) failure;
  }

  private static final Map<String, UnaryOperator<Response>> ANSWERS =
      Map.of(
          "an Error",
              answer -> {
                throw new Error("boom");
              },
          "no memory",
              answer -> {
                throw new OutOfMemoryError("boom");
              },
          "a checked exception",
              answer -> {
                throw HostileTargetTest.<RuntimeException>sneaky(new Exception("checked"));
              },
          "no action", answer -> new Response(null, List.of(), Optional.empty()),
          "null for no report", answer -> new Response(answer.action(), List.of(), null),
          "no resync",
              answer ->
                  new Response(
                      answer.action(),
                      List.of(),
                      Optional.of(new Report(answer.report().orElseThrow().cause(), null))),
          "a drop for nobody", answer -> answer.dropping(new ProcessorDrop.Everything(null)),
          "no error code",
              answer ->
                  new Response(new Action.InjectPageFault(null, 0), List.of(), answer.report()));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "an Error",
        "no memory",
        "a checked exception",
        "no action",
        "null for no report",
        "no resync",
        "a drop for nobody",
        "no error code"
      })
  void anAnswerIsInconclusive(String kind) {
    Verification run =
        Plans.run(() ->
            new WrappedVmm() {
              @Override
              public Response handle(Event event) {
                return ANSWERS.get(kind).apply(super.handle(event));
              }
            });
    assertEquals(Verdict.Kind.INCONCLUSIVE, Verdict.of(run).kind());
  }

  @Test
  void aCollectionIsReadOnce() {
    Verification run =
        Plans.run(() ->
            new WrappedVmm() {
              @Override
              public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
                Collection<ActiveEntry> right = super.activeEntries(vcpu, set);
                int[] reads = {0};
                return new AbstractCollection<>() {
                  @Override
                  public Iterator<ActiveEntry> iterator() {
                    if (reads[0]++ > 0) {
                      throw new ConcurrentModificationException();
                    }
                    return right.iterator();
                  }

                  @Override
                  public int size() {
                    return right.size();
                  }
                };
              }
            });
    assertEquals(Verdict.Kind.CONFORMS, Verdict.of(run).kind());
  }

  @Test
  void aDescriptionThatFailsLaterIsInconclusive() {
    AtomicInteger asked = new AtomicInteger();
    Verification run =
        Plans.run(() ->
            new WrappedVmm() {
              @Override
              public Description describe() {
                if (asked.getAndIncrement() > 3) {
                  throw new IllegalStateException("later");
                }
                return super.describe();
              }
            });
    assertEquals(Verdict.Kind.INCONCLUSIVE, Verdict.of(run).kind());
  }

  @Test
  void aRandomTargetIsSaidToBeRandom() {
    AtomicInteger events = new AtomicInteger();
    Verification run =
        Plans.run(() ->
            new WrappedVmm() {
              @Override
              public Response handle(Event event) {
                return events.incrementAndGet() % 997 == 0 ? null : super.handle(event);
              }
            });
    Findings findings = Findings.of(run);
    assertEquals(List.of(), findings.counterexamples());
    Flake flake = findings.flakes().getFirst();
    assertEquals("EVENT-1", flake.what());
    assertTrue(flake.again() < flake.replays(), flake.toString());
  }
}
