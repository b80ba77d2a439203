package io.vtlb.conformance.run;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
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

  private final Sequence sequence;
  private final Target target;
  private final StepListener listener;
  private final Monitor monitor;
  private int performed;

  private SequenceRun(Sequence sequence, Target target, Set<Rule> rules, StepListener listener) {
    this.sequence = sequence;
    this.target = target;
    this.listener = listener;
    Walker walker = new Walker(PagingMode.TWO_LEVEL, sequence.world().profile());
    Description description = target.describe();
    this.monitor = new Monitor(walker, description, rules);
  }

  /**
   * Runs a sequence.
   *
   * @param target a target that has run nothing yet
   * @param rules the rules to judge
   */
  public static RunOutcome of(
      Sequence sequence, Target target, Set<Rule> rules, StepListener listener) {
    return new SequenceRun(sequence, target, rules, listener).run();
  }

  private RunOutcome run() {
    try {
      OperationPlayer player = start();
      for (GuestOperation operation : sequence.operations()) {
        performed++;
        listener.operation(operation);
        listener.observation(play(player, operation));
      }
      return new RunOutcome.Conforms(monitor.tally(), performed);
    } catch (BrokenRule e) {
      return new RunOutcome.Violated(monitor.tally(), performed, e.violation());
    } catch (TargetFailure e) {
      return new RunOutcome.Crashed(
          monitor.tally(), performed, e.getCause() == null ? e : e.getCause());
    }
  }

  private OperationPlayer start() {
    return switch (target) {
      case VirtualTlb tlb -> {
        GuardedTlb guarded = new GuardedTlb(tlb);
        GuestComputer computer = new GuestComputer(sequence.world(), guarded, monitor);
        for (int vm = 0; vm < computer.count(); vm++) {
          BrokenRule.check(monitor.created(guarded, vm));
        }
        yield new EventDrivenPlayer(computer, guarded, monitor, listener);
      }
      case GuestMachine machine ->
          new ObservedPlayer(
              new GuestComputer(sequence.world(), machine, monitor), machine, monitor);
    };
  }

  private static Observation play(OperationPlayer player, GuestOperation operation) {
    return switch (operation) {
      case GuestOperation.Load load -> player.access(load, load.address(), AccessKind.LOAD, 0);
      case GuestOperation.Store store ->
          player.access(store, store.address(), AccessKind.STORE, store.value());
      case GuestOperation.Fetch fetch -> player.access(fetch, fetch.address(), AccessKind.FETCH, 0);
      case GuestOperation.ForeignStore store -> player.foreignStore(store);
      case GuestOperation.InvalidatePage invalidate -> player.invalidatePage(invalidate);
      case GuestOperation.WriteControl write -> player.writeControl(write);
      case GuestOperation.ChangePrivilege change -> player.changePrivilege(change);
    };
  }

  /** The access that a virtual CPU makes now. */
  static Access access(GuestCpu cpu, long address, AccessKind kind) {
    return new Access(address, kind, cpu.set(), false);
  }

  /** A word's offset and frame as one guest-physical address, in bytes. */
  static long physical(long frame, long address) {
    return PageSize.address(frame, PageSize.offset(address));
  }
}
