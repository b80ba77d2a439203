package io.vtlb.conformance.run;

import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.HostOperation.CreateMachine;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.target.HostMap;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Does what the host of the machines does, and brings it to a virtual TLB; what cannot be done as
 * things stand is not done.
 */
final class HostPlayer {

  private final GuestComputer computer;
  private final GuardedTlb target;
  private final Monitor monitor;
  private final StepListener listener;
  private final SchedulePoints points;
  private final WriteTracking tracking;

  /** Machines of which something has changed since one of their virtual CPUs ran. */
  private final Set<Integer> changed = new HashSet<>();

  HostPlayer(
      GuestComputer computer,
      GuardedTlb target,
      Monitor monitor,
      StepListener listener,
      SchedulePoints points,
      WriteTracking tracking) {
    this.computer = computer;
    this.target = target;
    this.monitor = monitor;
    this.listener = listener;
    this.points = points;
    this.tracking = tracking;
  }

  /** True if an operation can be done as things stand. */
  boolean canPerform(HostOperation operation) {
    return operation instanceof CreateMachine create
        ? computer.mayCreate(create.vm())
        : computer.after(operation).isPresent();
  }

  /** Does one operation, if it can be done. */
  void perform(HostOperation operation) {
    if (operation instanceof CreateMachine create) {
      create(create);
      return;
    }
    Optional<HostMap> after = computer.after(operation);
    after.ifPresent(map -> {
      changed.add(operation.vm());
      tracking.hostChanges(operation.vm());
      computer.change(operation, map);
      follow(operation);
    });
  }

  /** True, once, if the host has changed something of a machine since this was last asked. */
  boolean hasChanged(int vm) {
    return changed.remove(vm);
  }

  private void create(CreateMachine create) {
    if (!computer.mayCreate(create.vm())) {
      return;
    }
    changed.add(create.vm());
    tracking.hostChanges(create.vm());
    computer.build(create.vm());
    computer.create(create.vm(), target, points::watch);
    BrokenRule.check(monitor.created(target, create.vm()));
    BrokenRule.check(monitor.recreated(target, create.vm()));
  }

  private void follow(HostOperation operation) {
    HostResponse response = target.follow(operation);
    listener.followed(operation, response);
    for (ProcessorDrop drop : response.drops()) {
      if (!computer.has(drop.vcpu())) {
        throw TargetCall.impossible(
            "the response to " + operation + " drops for a virtual CPU that is not there");
      }
      computer.cpu(drop.vcpu()).tlb().drop(drop);
    }
    BrokenRule.check(monitor.followed(target, operation, response));
    if (operation instanceof DestroyMachine) {
      computer.destroy(operation.vm());
    }
  }
}
