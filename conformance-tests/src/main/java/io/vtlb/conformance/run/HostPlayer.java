package io.vtlb.conformance.run;

import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.HostOperation.CreateMachine;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.target.HostMap;
import java.util.Optional;

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

  HostPlayer(
      GuestComputer computer,
      GuardedTlb target,
      Monitor monitor,
      StepListener listener,
      SchedulePoints points) {
    this.computer = computer;
    this.target = target;
    this.monitor = monitor;
    this.listener = listener;
    this.points = points;
  }

  /** Does one operation; says whether it could be done. */
  boolean perform(HostOperation operation) {
    if (operation instanceof CreateMachine create) {
      return create(create);
    }
    Optional<HostMap> after = computer.after(operation);
    after.ifPresent(map -> {
      computer.change(operation, map);
      follow(operation);
    });
    return after.isPresent();
  }

  private boolean create(CreateMachine create) {
    if (!computer.mayCreate(create.vm())) {
      return false;
    }
    computer.build(create.vm());
    computer.create(create.vm(), target, points::watch);
    BrokenRule.check(monitor.created(target, create.vm()));
    return true;
  }

  private void follow(HostOperation operation) {
    HostResponse response = target.follow(operation);
    listener.followed(operation, response);
    for (ProcessorDrop drop : response.drops()) {
      if (!computer.has(drop.vcpu())) {
        throw new TargetFailure(
            new IllegalStateException(
                "the response to " + operation + " drops for a virtual CPU that is not there"));
      }
      computer.cpu(drop.vcpu()).tlb().drop(drop);
    }
    BrokenRule.check(monitor.followed(target, operation, response));
    if (operation instanceof DestroyMachine) {
      computer.destroy(operation.vm());
    }
  }
}
