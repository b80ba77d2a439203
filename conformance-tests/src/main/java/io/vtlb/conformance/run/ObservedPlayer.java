package io.vtlb.conformance.run;

import io.vtlb.model.admissible.Ways;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;

/** Has a whole machine perform operations, and judges only what the guest saw (level 1). */
final class ObservedPlayer implements OperationPlayer {

  private final GuardedMachine target;
  private final Monitor monitor;

  ObservedPlayer(GuardedMachine target, Monitor monitor) {
    this.target = target;
    this.monitor = monitor;
  }

  @Override
  public Observation access(GuestCpu cpu, GuestOperation operation, Access access, long value) {
    Ways ways = monitor.waysOf(cpu.name(), access);
    Observation seen = target.perform(operation);
    BrokenRule.check(monitor.observed(cpu.name(), access, ways, value, seen));
    return seen;
  }

  @Override
  public Observation invalidatePage(GuestCpu cpu, GuestOperation.InvalidatePage invalidate) {
    monitor.invalidatePage(cpu.name(), invalidate.address());
    return completing(cpu, invalidate);
  }

  @Override
  public Observation writeControl(
      GuestCpu cpu, GuestOperation.WriteControl write, ControlState before) {
    monitor.writeControl(cpu.name(), write.register(), before, cpu.control());
    return completing(cpu, write);
  }

  @Override
  public Observation changePrivilege(
      GuestCpu cpu, GuestOperation.ChangePrivilege change, int from) {
    monitor.privilegeChanged(cpu.name(), cpu.cpl());
    return completing(cpu, change);
  }

  private Observation completing(GuestCpu cpu, GuestOperation operation) {
    Observation seen = target.perform(operation);
    BrokenRule.check(monitor.completed(cpu.name(), operation, seen));
    return seen;
  }
}
