package io.vtlb.conformance.target;

import static io.vtlb.conformance.run.ExampleWorld.CPU;
import static io.vtlb.conformance.run.ExampleWorld.FRAME;
import static io.vtlb.conformance.run.ExampleWorld.SUPERVISOR;
import static io.vtlb.conformance.run.ExampleWorld.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vtlb.conformance.run.ExampleWorld;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.SequenceRun;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which privilege sets count depends on whether the target sees the privilege change. */
class PrivilegeInterceptionTest {

  private static final World WORLD =
      ExampleWorld.of(ExampleWorld.machine(0, 0, entry(FRAME, SUPERVISOR)));

  /** Shows users what supervisors have. */
  private static final class Leaking extends WrappedVmm {

    private final boolean intercepts;
    private final List<Event> events = new ArrayList<>();

    Leaking(boolean intercepts) {
      this.intercepts = intercepts;
    }

    @Override
    public Description describe() {
      Description honest = super.describe();
      return new Description(
          "leaking",
          honest.level(),
          intercepts
              ? Set.of(Feature.SEVERAL_VCPUS, Feature.INTERCEPTS_PRIVILEGE_CHANGES)
              : Set.of(Feature.SEVERAL_VCPUS));
    }

    @Override
    public Response handle(Event event) {
      events.add(event);
      return super.handle(event);
    }

    @Override
    public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
      return super.activeEntries(vcpu, PrivilegeSet.SUPERVISOR);
    }
  }

  private static RunOutcome run(Leaking target, GuestOperation... operations) {
    return SequenceRun.of(
        new Sequence(WORLD, List.of(operations)),
        target,
        EnumSet.allOf(Rule.class),
        StepListener.NONE);
  }

  @Test
  void bothSetsCountForATargetThatDoesNotIntercept() {
    RunOutcome outcome = run(new Leaking(false), new Load(CPU, 0));
    assertEquals(
        Rule.PRIV_1, assertInstanceOf(RunOutcome.Violated.class, outcome).violation().rule());
  }

  @Test
  void onlyTheRunningSetCountsForATargetThatIntercepts() {
    assertInstanceOf(RunOutcome.Conforms.class, run(new Leaking(true), new Load(CPU, 0)));
    RunOutcome outcome = run(new Leaking(true), new Load(CPU, 0), new ChangePrivilege(CPU, 3));
    RunOutcome.Violated violated = assertInstanceOf(RunOutcome.Violated.class, outcome);
    assertEquals(Rule.PRIV_1, violated.violation().rule());
    assertEquals(2, violated.operations());
  }

  @Test
  void onlyATargetThatInterceptsIsAsked() {
    Leaking intercepting = new Leaking(true);
    Leaking other = new Leaking(false);
    run(intercepting, new ChangePrivilege(CPU, 3));
    run(other, new ChangePrivilege(CPU, 3));
    assertEquals(List.of(new Event.PrivilegeChange(CPU, 0, 3)), intercepting.events);
    assertEquals(List.of(), other.events);
  }
}
