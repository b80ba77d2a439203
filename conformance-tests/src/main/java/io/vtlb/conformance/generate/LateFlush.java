package io.vtlb.conformance.generate;

import io.vtlb.model.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An entry is edited, other things reach the same table before the flush, perhaps a second edit
 * among them, and after the flush the page is used again.
 */
final class LateFlush {

  private final Guest guest;
  private final CpuOutlook cpu;

  LateFlush(Guest guest) {
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
    Route neighbour = route.with(route.last(), route.otherIndex(guest, route.last()));
    int home = cpu.cpl;
    List<Step> steps = new ArrayList<>(9);
    steps.add(() -> paving);
    steps.add(() -> used(route, home));
    steps.add(() -> edited(route));
    int between = 1 + guest.choices.nextInt(3);
    for (int event = 0; event < between; event++) {
      steps.add(() -> between(route, neighbour, home));
    }
    steps.add(() -> {
      List<Operation> operations = new ArrayList<>(2);
      guest.flush(cpu, route.linear(), operations);
      return operations;
    });
    steps.add(() -> used(route, home));
    return steps;
  }

  private List<Operation> used(Route route, int cpl) {
    List<Operation> operations = new ArrayList<>(2);
    guest.enter(cpu, cpl, operations);
    operations.add(guest.touch(cpu, route.linear()));
    return operations;
  }

  /** Another frame, fewer rights, or nothing; mostly in the leaf. */
  private List<Operation> edited(Route route) {
    List<Operation> operations = new ArrayList<>(2);
    int depth = guest.chance(75) ? route.last() : route.directory();
    if (!route.terrain().mode().level(depth).inMemory()) {
      depth = route.last();
    }
    long entry = route.entry(guest, depth);
    long edited =
        switch (guest.choices.nextInt(4)) {
          case 0 -> entry ^ 1;
          case 1 -> entry ^ Route.WRITABLE;
          case 2 -> entry ^ (guest.chance(50) ? Route.USER : Route.DIRTY);
          default ->
              depth == route.last()
                  ? Route.entry(guest.pick(Terrain.DATA), (entry & 0xFFF) | 1)
                  : Route.entry(
                      Route.frame(guest.pick(route.terrain().tables().get(depth + 1))),
                      (entry & 0xFFF) | 1);
        };
    route.store(guest, cpu, depth, edited, operations);
    return operations;
  }

  private List<Operation> between(Route route, Route neighbour, int cpl) {
    List<Operation> operations = new ArrayList<>(3);
    CpuOutlook other = guest.other(cpu);
    switch (guest.choices.nextInt(7)) {
      case 0, 1 -> operations.add(guest.touch(cpu, route.linear()));
      case 2 -> operations.add(guest.touch(cpu, neighbour.linear()));
      case 3 -> guest.invalidate(cpu, neighbour.linear(), operations);
      case 4 -> operations.addAll(edited(guest.chance(50) ? route : neighbour));
      case 5 -> guest.enter(cpu, cpu.cpl == 0 ? 3 : cpl == 0 ? 3 : 0, operations);
      default -> {
        operations.add(guest.touch(other, route.linear()));
        if (other != cpu && guest.chance(50)) {
          guest.flush(other, route.linear(), operations);
        }
      }
    }
    return operations;
  }
}
