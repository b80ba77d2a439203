package io.vtlb.conformance.run;

import io.vtlb.model.admissible.Ways;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.target.GuestMachine;

/** Has a whole machine perform operations, and judges only what the guest saw (level 1). */
final class ObservedPlayer implements OperationPlayer {

  private static final Observation COMPLETED = new Observation.Completed();

  private final GuestComputer computer;
  private final GuestMachine target;
  private final Monitor monitor;

  ObservedPlayer(GuestComputer computer, GuestMachine target, Monitor monitor) {
    this.computer = computer;
    this.target = target;
    this.monitor = monitor;
  }

  @Override
  public Observation access(GuestOperation operation, long address, AccessKind kind, long value) {
    GuestCpu cpu = computer.cpu(operation.vcpu());
    Access access = SequenceRun.access(cpu, address, kind);
    Ways ways = monitor.waysOf(cpu.name(), access);
    Observation seen = perform(operation);
    BrokenRule.check(monitor.observed(cpu.name(), access, ways, value, seen));
    return seen;
  }

  private Observation perform(GuestOperation operation) {
    try {
      return target.perform(operation);
    } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError e) {
      throw new TargetFailure(e);
    }
  }

  @Override
  public Observation foreignStore(GuestOperation.ForeignStore store) {
    int vm = store.vcpu().vm();
    computer.memory(vm).write(store.physicalAddress(), (int) store.value());
    monitor.guestStored(vm, store.physicalAddress());
    return COMPLETED;
  }

  @Override
  public Observation invalidatePage(GuestOperation.InvalidatePage invalidate) {
    GuestCpu cpu = computer.cpu(invalidate.vcpu());
    if (!cpu.mayExecutePrivileged()) {
      return new Observation.GeneralProtection();
    }
    monitor.invalidatePage(cpu.name(), invalidate.address());
    return perform(invalidate);
  }

  @Override
  public Observation writeControl(GuestOperation.WriteControl write) {
    GuestCpu cpu = computer.cpu(write.vcpu());
    if (!cpu.mayExecutePrivileged()) {
      return new Observation.GeneralProtection();
    }
    ControlState before = cpu.control();
    cpu.load(before.with(write.register(), write.value()));
    monitor.writeControl(cpu.name(), write.register(), before, cpu.control());
    return perform(write);
  }

  @Override
  public Observation changePrivilege(GuestOperation.ChangePrivilege change) {
    computer.cpu(change.vcpu()).run(change.cpl());
    monitor.privilegeChanged(change.vcpu(), change.cpl());
    return perform(change);
  }
}
