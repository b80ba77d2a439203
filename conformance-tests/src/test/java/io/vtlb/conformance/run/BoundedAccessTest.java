package io.vtlb.conformance.run;

import static io.vtlb.conformance.run.ExampleWorld.CPU;
import static io.vtlb.conformance.run.ExampleWorld.FRAME;
import static io.vtlb.conformance.run.ExampleWorld.SUPERVISOR;
import static io.vtlb.conformance.run.ExampleWorld.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vtlb.conformance.target.WrappedVmm;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An access that never completes ends all the same. */
class BoundedAccessTest {

  private static final WrappedVmm IDLE =
      new WrappedVmm() {
        @Override
        public Response handle(Event event) {
          return Response.of(new Response.Action.Resume())
              .reporting(EventCause.SPURIOUS, ResyncKind.NONE);
        }
      };

  private final List<Observation> seen = new ArrayList<>();

  private RunOutcome run(Set<Rule> rules) {
    World world = ExampleWorld.of(ExampleWorld.machine(0, 0, entry(FRAME, SUPERVISOR)));
    StepListener listener =
        new StepListener() {
          @Override
          public void observation(Observation observation) {
            seen.add(observation);
          }
        };
    return SequenceRun.of(new Sequence(world, List.of(new Load(CPU, 0))), IDLE, rules, listener);
  }

  @Test
  void progressIsBlamed() {
    RunOutcome outcome = run(EnumSet.of(Rule.PROGRESS_1));
    assertEquals(
        Rule.PROGRESS_1, assertInstanceOf(RunOutcome.Violated.class, outcome).violation().rule());
    assertEquals(List.of(), seen);
  }

  @Test
  void theGuestIsStuckIfProgressIsNotJudged() {
    assertInstanceOf(RunOutcome.Conforms.class, run(EnumSet.of(Rule.INIT_1)));
    assertInstanceOf(Observation.Stuck.class, seen.getFirst());
  }
}
