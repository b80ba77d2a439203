package io.vtlb.conformance.run;

import io.vtlb.model.admissible.Ways;
import io.vtlb.model.event.Event;
import io.vtlb.model.machine.Access;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import java.util.List;

/** Has a whole machine perform operations, and judges only what the guest saw (level 1). */
final class ObservedPlayer implements OperationPlayer {

  private static final Observation COMPLETED = new Observation.Completed();

  private final GuardedMachine target;
  private final Monitor monitor;

  ObservedPlayer(GuardedMachine target, Monitor monitor) {
    this.target = target;
    this.monitor = monitor;
  }

  @Override
  public void resume(GuestCpu cpu) {}

  @Override
  public Observation access(
      GuestCpu cpu, GuestOperation operation, List<Access> parts, long value) {
    List<Ways> ways = parts.stream().map(access -> monitor.waysOf(cpu.name(), access)).toList();
    Observation seen = target.perform(operation);
    BrokenRule.check(monitor.observed(cpu.name(), ways, value, seen));
    return seen;
  }

  @Override
  public Observation intercepted(GuestCpu cpu, GuestOperation operation, Event event) {
    monitor.apply(event);
    return unseen(cpu, operation, COMPLETED);
  }

  @Override
  public Observation changePrivilege(
      GuestCpu cpu, GuestOperation operation, Event.PrivilegeChange change) {
    return unseen(cpu, operation, COMPLETED);
  }

  @Override
  public Observation unseen(GuestCpu cpu, GuestOperation operation, Observation outcome) {
    Observation seen = target.perform(operation);
    BrokenRule.check(monitor.completed(cpu.name(), operation, outcome, seen));
    return seen;
  }
}
