package io.vtlb.conformance.generate;

import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pages are stored to before the log of writes is started, after it, and after each harvest; the
 * stores of other virtual CPUs, of other agents and to tables are writes too.
 */
final class DirtyLog {

  private final Guest guest;
  private final CpuOutlook cpu;

  DirtyLog(Guest guest) {
    this.guest = guest;
    this.cpu = guest.cpu;
  }

  List<Step> steps() {
    List<Operation> paving = new ArrayList<>();
    Optional<Route> found = Route.inFocus(guest, cpu, paving);
    if (found.isEmpty()) {
      return List.of();
    }
    Route route = found.get();
    route.openLeaf(guest, cpu, paving);
    List<Step> steps = new ArrayList<>(9);
    steps.add(() -> paving);
    if (guest.chance(60)) {
      steps.add(() -> List.of(guest.storeTo(cpu, route.linear())));
    }
    steps.add(() -> List.of(new HostOperation.StartDirtyLog(guest.vm)));
    int harvests = 1 + guest.choices.nextInt(3);
    for (int harvest = 0; harvest < harvests; harvest++) {
      steps.add(() -> written(route));
      if (guest.chance(25)) {
        steps.add(() -> List.of(new HostEdits(guest).edit(Route.frame(route.leaf(guest)), 1)));
      }
      steps.add(() -> List.of(new HostOperation.HarvestDirtyLog(guest.vm)));
    }
    return steps;
  }

  private List<Operation> written(Route route) {
    List<Operation> operations = new ArrayList<>(2);
    switch (guest.choices.nextInt(8)) {
      case 0 -> operations.add(guest.storeTo(guest.other(cpu), route.linear()));
      case 1 -> {
        if (guest.has(Feature.FOREIGN_STORES)) {
          long frame = guest.pick(Terrain.DATA);
          operations.add(new GuestOperation.ForeignStore(cpu.name, frame << 12, 1));
        }
      }
      case 2 -> route.store(guest, cpu, route.last(), route.leaf(guest) ^ Route.DIRTY, operations);
      case 3 -> operations.add(guest.load(cpu, route.linear()));
      default -> {}
    }
    operations.add(guest.storeTo(cpu, route.linear()));
    return operations;
  }
}
