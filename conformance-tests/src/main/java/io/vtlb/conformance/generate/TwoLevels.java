package io.vtlb.conformance.generate;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One frame is a table of two levels, or a table and data, or lies in a small page and a large one;
 * it is used as both, edited as one of them, and used as the other.
 */
final class TwoLevels {

  private final Guest guest;
  private final CpuOutlook cpu;

  TwoLevels(Guest guest) {
    this.guest = guest;
    this.cpu = guest.cpu;
  }

  List<Step> steps() {
    List<Operation> paving = new ArrayList<>();
    Optional<Route> route = Route.inFocus(guest, cpu, paving);
    if (route.isEmpty()) {
      return List.of();
    }
    return switch (guest.choices.nextInt(4)) {
      case 0 -> directoryAsTable(route.get(), paving);
      case 1 -> smallAndLarge(route.get(), paving);
      case 2 -> tablesInLargePage(route.get(), paving);
      default ->
          route.get().directory() > 0
                  && route.get().terrain().mode().level(route.get().directory() - 1).inMemory()
              ? tableAsDirectory(route.get(), paving)
              : directoryAsTable(route.get(), paving);
    };
  }

  /** A directory has an entry that names itself, so that its tables are pages. */
  private List<Step> directoryAsTable(Route route, List<Operation> paving) {
    int depth = route.directory();
    route.openLeaf(guest, cpu, paving);
    Route self = route.with(depth, route.otherIndex(guest, depth));
    self.store(
        guest,
        cpu,
        depth,
        Route.entry(Route.frame(route.table(depth)), Route.USABLE | Route.DIRTY),
        paving);
    // By way of the directory itself, the entry that names the table maps it.
    Route asPage = self.with(route.last(), route.path().get(depth));
    return edited(paving, route, asPage.linear() + offsetOfLeaf(route), asPage.linear());
  }

  /** The lowest table is named by an entry of a higher level too: its pages are tables there. */
  private List<Step> tableAsDirectory(Route route, List<Operation> paving) {
    int depth = route.directory();
    int index = guest.choices.nextInt(2);
    Route low = route.with(route.last(), index);
    long lower = guest.pick(route.terrain().tables().getLast());
    low.store(
        guest,
        cpu,
        low.last(),
        Route.entry(Route.frame(lower), Route.USABLE | Route.DIRTY),
        paving);
    Route upper = route.with(depth - 1, route.otherIndex(guest, depth - 1));
    upper.store(
        guest,
        cpu,
        depth - 1,
        Route.entry(Route.frame(route.table(route.last())), Route.USABLE),
        paving);
    List<Long> tables = new ArrayList<>(upper.tables());
    tables.set(depth, route.table(route.last()));
    tables.set(route.last(), lower);
    Route high = new Route(route.terrain(), upper.path(), tables).with(depth, index);
    high.openLeaf(guest, cpu, paving);
    return edited(paving, high, low.linear() + offsetOfLeaf(high), low.linear());
  }

  private static long offsetOfLeaf(Route route) {
    return route.entryAddress(route.last()) & (PageSize.BASE_BYTES - 1);
  }

  /** Some tables lie in a large page, through which they are edited. */
  private List<Step> tablesInLargePage(Route route, List<Operation> paving) {
    int depth = route.directory();
    route.openLeaf(guest, cpu, paving);
    Route large = route.with(depth, route.otherIndex(guest, depth));
    large.store(
        guest, cpu, depth, Route.entry(0, Route.USABLE | Route.DIRTY | Route.LARGE), paving);
    long base = large.with(route.last(), 0).linear();
    return edited(paving, route, base + route.entryAddress(route.last()), base);
  }

  /** Uses a page and its table as data, edits the leaf by way of the data, and uses both again. */
  private List<Step> edited(List<Operation> paving, Route route, long leafAsData, long data) {
    List<Step> steps = new ArrayList<>(6);
    steps.add(() -> paving);
    steps.add(() -> List.of(guest.touch(cpu, route.linear())));
    steps.add(() -> List.of(guest.load(cpu, data)));
    steps.add(() -> {
      long leaf = changed(route.leaf(guest));
      int bytes = route.terrain().mode().format().bytes();
      guest.written.store(route.entryAddress(route.last()), bytes, leaf);
      return List.of(new GuestOperation.Store(cpu.name, leafAsData, leaf, bytes));
    });
    steps.add(() -> {
      List<Operation> operations = new ArrayList<>(2);
      guest.flush(cpu, route.linear(), operations);
      return operations;
    });
    steps.add(() -> List.of(guest.touch(cpu, route.linear())));
    return steps;
  }

  private long changed(long leaf) {
    return guest.chance(50)
        ? Route.entry(guest.pick(Terrain.DATA), Route.USABLE | Route.DIRTY)
        : leaf ^ (guest.chance(50) ? 1 : Route.WRITABLE);
  }

  /** A frame is mapped by a small page and lies in a large one; one of the two is edited. */
  private List<Step> smallAndLarge(Route route, List<Operation> paving) {
    int depth = route.directory();
    long frame = (long) PageSize.LARGE_4M + guest.choices.nextInt(4);
    route.store(
        guest,
        cpu,
        route.last(),
        Route.entry(frame, Route.USABLE | (guest.chance(50) ? Route.DIRTY : 0)),
        paving);
    Route large = route.with(depth, route.otherIndex(guest, depth));
    long rights = guest.chance(50) ? Route.USABLE : Route.USABLE & ~Route.WRITABLE;
    large.store(guest, cpu, depth, Route.entry(PageSize.LARGE_4M, rights | Route.LARGE), paving);
    long inLarge =
        large.with(route.last(), 0).linear() + PageSize.address(frame - PageSize.LARGE_4M, 0);
    boolean editsLarge = guest.chance(60);
    List<Step> steps = new ArrayList<>(6);
    steps.add(() -> paving);
    steps.add(() -> List.of(guest.touch(cpu, route.linear()), guest.touch(cpu, inLarge)));
    steps.add(() -> {
      List<Operation> operations = new ArrayList<>(3);
      Route edited = editsLarge ? large : route;
      int at = editsLarge ? depth : route.last();
      edited.store(
          guest,
          cpu,
          at,
          edited.entry(guest, at) ^ (guest.chance(60) ? Route.WRITABLE : 1),
          operations);
      guest.flush(cpu, editsLarge && guest.chance(70) ? inLarge : route.linear(), operations);
      return operations;
    });
    steps.add(() -> List.of(guest.touch(cpu, inLarge), guest.touch(cpu, route.linear())));
    return steps;
  }
}
