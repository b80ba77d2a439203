package io.vtlb.conformance.generate;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.HostMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The host edits what a page is made of, right after the guest used the page: the frame that it
 * maps, part of a large one, or a table; the guest goes on using it.
 */
final class EditUnderCachedEntries {

  private final Guest guest;
  private final CpuOutlook cpu;
  private final HostEdits edits;

  EditUnderCachedEntries(Guest guest) {
    this.guest = guest;
    this.cpu = guest.cpu;
    this.edits = new HostEdits(guest);
  }

  List<Step> steps() {
    List<Operation> paving = new ArrayList<>();
    Optional<Route> found = Route.inFocus(guest, cpu, paving);
    if (found.isEmpty()) {
      return List.of();
    }
    Route route = found.get();
    if (guest.chance(35)) {
      return underLargePage(route, paving);
    }
    if (guest.chance(12)) {
      route.openDevice(guest, cpu, paving);
    } else {
      route.openLeaf(guest, cpu, paving);
    }
    long linear = route.linear();
    List<Step> steps = new ArrayList<>(8);
    steps.add(() -> paving);
    steps.add(() -> uses(linear));
    if (guest.chance(20)) {
      steps.add(() -> List.of(edits.editOfTable(table(route))));
      steps.add(() -> uses(linear));
    } else {
      steps.addAll(edited(Route.frame(route.leaf(guest)), 1, linear));
    }
    return steps;
  }

  private long table(Route route) {
    return Route.frame(route.table(guest.chance(70) ? route.last() : route.directory()));
  }

  private List<Step> underLargePage(Route route, List<Operation> paving) {
    int depth = route.directory();
    if (!route.terrain().mode().level(depth).inMemory()) {
      return List.of();
    }
    route.store(
        guest,
        cpu,
        depth,
        Route.entry(PageSize.LARGE_4M, Route.USABLE | Route.LARGE | Route.DIRTY),
        paving);
    long first = guest.choices.nextInt(4);
    long linear = route.with(route.last(), 0).linear() + PageSize.address(first, 0);
    List<Step> steps = new ArrayList<>(8);
    steps.add(() -> paving);
    steps.add(() -> uses(linear));
    boolean whole = guest.chance(30);
    steps.addAll(
        edited(
            whole ? PageSize.LARGE_4M : PageSize.LARGE_4M + (guest.chance(70) ? first : first ^ 1),
            whole ? PageSize.LARGE_2M : 1,
            linear));
    return steps;
  }

  /** One edit, or one that is taken back after a use. */
  private List<Step> edited(long frame, long frames, long linear) {
    List<Step> steps = new ArrayList<>(4);
    steps.add(() -> List.of(edits.edit(frame, frames)));
    steps.add(() -> uses(linear));
    if (guest.chance(60)) {
      steps.add(() -> List.of(takenBack(frame, frames)));
      steps.add(() -> uses(linear));
    }
    return steps;
  }

  /** What was unmapped is mapped again, what was protected is not any more, the rest moves. */
  private HostOperation takenBack(long frame, long frames) {
    HostMap map = guest.host.map(guest.vm);
    return map.backs(frame, frames) && map.readOnly(frame)
        ? guest.host.protect(guest.vm, frame, frames, false)
        : edits.edit(frame, frames);
  }

  /** By one virtual CPU, or by two. */
  private List<Operation> uses(long linear) {
    List<Operation> operations = new ArrayList<>(2);
    operations.add(guest.touch(cpu, linear));
    CpuOutlook other = guest.other(cpu);
    if (other != cpu && guest.chance(60)) {
      operations.add(guest.touch(other, linear));
    }
    return operations;
  }
}
