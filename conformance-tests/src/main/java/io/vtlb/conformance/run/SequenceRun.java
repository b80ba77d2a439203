package io.vtlb.conformance.run;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.model.monitor.Tally;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.Target;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.trace.Sequence;
import java.util.Set;

/**
 * Runs one sequence against a fresh target, from its first operation to its end or its first
 * violation.
 */
public final class SequenceRun {

  private static final Observation COMPLETED = new Observation.Completed();
  private static final Observation PROTECTED = new Observation.GeneralProtection();

  private final Sequence sequence;
  private final Target target;
  private final StepListener listener;
  private final Monitor monitor;
  private final GuestComputer computer;
  private final OperationPlayer player;
  private int performed;

  private SequenceRun(Sequence sequence, Target anyTarget, Set<Rule> rules, StepListener listener) {
    this.sequence = sequence;
    this.listener = listener;
    Walker walker = new Walker(PagingMode.TWO_LEVEL, sequence.world().profile());
    this.monitor = new Monitor(walker, TargetCall.of(anyTarget::describe), rules);
    this.computer = new GuestComputer(sequence.world(), monitor);
    switch (anyTarget) {
      case VirtualTlb tlb -> {
        GuardedTlb guarded = new GuardedTlb(tlb);
        this.target = guarded;
        this.player = new EventDrivenPlayer(computer, guarded, monitor, listener);
      }
      case GuestMachine machine -> {
        GuardedMachine guarded = new GuardedMachine(machine);
        this.target = guarded;
        this.player = new ObservedPlayer(guarded, monitor);
      }
    }
  }

  /**
   * Runs a sequence.
   *
   * @param target a target that has run nothing yet
   * @param rules the rules to judge
   */
  public static RunOutcome of(
      Sequence sequence, Target target, Set<Rule> rules, StepListener listener) {
    try {
      return new SequenceRun(sequence, target, rules, listener).run();
    } catch (TargetFailure e) {
      return new RunOutcome.Crashed(new Tally(), 0, e.getCause() == null ? e : e.getCause());
    }
  }

  private RunOutcome run() {
    try {
      start();
      for (GuestOperation operation : sequence.operations()) {
        performed++;
        listener.operation(operation);
        listener.observation(play(operation));
      }
      return new RunOutcome.Conforms(monitor.tally(), performed);
    } catch (BrokenRule e) {
      return new RunOutcome.Violated(monitor.tally(), performed, e.violation());
    } catch (TargetFailure e) {
      return new RunOutcome.Crashed(
          monitor.tally(), performed, e.getCause() == null ? e : e.getCause());
    }
  }

  private void start() {
    computer.create(target);
    if (target instanceof GuardedTlb tlb) {
      for (int vm = 0; vm < computer.count(); vm++) {
        BrokenRule.check(monitor.created(tlb, vm));
      }
    }
  }

  private Observation play(GuestOperation operation) {
    GuestCpu cpu = computer.cpu(operation.vcpu());
    return switch (operation) {
      case GuestOperation.Load load ->
          player.access(cpu, load, access(cpu, load.address(), AccessKind.LOAD), 0);
      case GuestOperation.Store store ->
          player.access(cpu, store, access(cpu, store.address(), AccessKind.STORE), store.value());
      case GuestOperation.Fetch fetch ->
          player.access(cpu, fetch, access(cpu, fetch.address(), AccessKind.FETCH), 0);
      case GuestOperation.ForeignStore store -> {
        computer.store(store.vcpu().vm(), store.physicalAddress(), store.value());
        yield COMPLETED;
      }
      case GuestOperation.InvalidatePage invalidate ->
          cpu.mayExecutePrivileged() ? player.invalidatePage(cpu, invalidate) : PROTECTED;
      case GuestOperation.WriteControl write ->
          cpu.mayExecutePrivileged() ? writeControl(cpu, write) : PROTECTED;
      case GuestOperation.ChangePrivilege change -> {
        int from = cpu.cpl();
        cpu.run(change.cpl());
        yield player.changePrivilege(cpu, change, from);
      }
    };
  }

  private Observation writeControl(GuestCpu cpu, GuestOperation.WriteControl write) {
    ControlState before = cpu.control();
    cpu.load(before.with(write.register(), write.value()));
    return player.writeControl(cpu, write, before);
  }

  /** The access that a virtual CPU makes now. */
  private static Access access(GuestCpu cpu, long address, AccessKind kind) {
    return new Access(address, kind, cpu.set(), false);
  }
}
