package io.vtlb.conformance.generate;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * While the target handles an event of a page, an entry of the page or the memory behind it
 * changes; then the page is flushed and used again, so that nothing that was read too early may be
 * left.
 */
final class SchedulePoints {

  private final Guest guest;
  private final CpuOutlook cpu;

  SchedulePoints(Guest guest) {
    this.guest = guest;
    this.cpu = guest.cpu;
  }

  List<Step> steps() {
    CpuOutlook other = guest.other(cpu);
    List<Operation> paving = new ArrayList<>();
    Optional<Route> found = Route.inFocus(guest, cpu, paving);
    boolean someone =
        other != cpu || guest.has(Feature.FOREIGN_STORES) || guest.has(Feature.HOST_OPERATIONS);
    if (found.isEmpty() || !someone) {
      return List.of();
    }
    Route route = found.get();
    if (guest.has(Feature.HOST_OPERATIONS) && guest.chance(12)) {
      route.openDevice(guest, cpu, paving);
    } else {
      route.openLeaf(guest, cpu, paving);
    }
    int home = cpu.cpl;
    List<Step> steps = new ArrayList<>(7);
    steps.add(() -> paving);
    if (guest.chance(50)) {
      steps.add(() -> List.of(guest.touch(cpu, route.linear())));
    }
    steps.add(() -> flushed(route));
    steps.add(() -> interrupted(route, other, home));
    if (guest.chance(60)) {
      steps.add(() -> flushed(route));
    }
    steps.add(() -> List.of(guest.touch(cpu, route.linear())));
    return steps;
  }

  private List<Operation> flushed(Route route) {
    List<Operation> operations = new ArrayList<>(2);
    guest.flush(cpu, route.linear(), operations);
    return operations;
  }

  /** The event is mostly a fault of the page, else a flush that reads tables. */
  private List<Operation> interrupted(Route route, CpuOutlook other, int home) {
    List<Operation> operations = new ArrayList<>(6);
    boolean fault = guest.chance(75);
    guest.enter(cpu, fault ? home : 0, operations);
    if (other != cpu) {
      guest.enter(other, 0, operations);
    }
    int points = guest.chance(25) ? 2 : 1;
    for (int point = 0; point < points; point++) {
      operations.addAll(between(route, other));
    }
    if (fault) {
      operations.add(guest.touch(cpu, route.linear()));
    } else if (guest.chance(50)) {
      operations.add(new GuestOperation.InvalidatePage(cpu.name, route.linear()));
    } else {
      operations.add(guest.controls.write(cpu, ControlRegister.CR3, cpu.control.cr3()));
    }
    return operations;
  }

  /** Few reads come before the ones that matter: an event of one page walks it a few times. */
  private int read(Route route) {
    int reads = route.last() + 2;
    return 1 + guest.choices.nextInt(guest.chance(80) ? reads : 4 * reads);
  }

  private List<Operation> between(Route route, CpuOutlook other) {
    boolean stores = other != cpu || guest.has(Feature.FOREIGN_STORES);
    if (guest.has(Feature.HOST_OPERATIONS) && (!stores || guest.chance(35))) {
      return List.of(new AtRead(read(route), hostEdit(route)));
    }
    int depth = guest.chance(60) ? route.last() : guest.choices.nextInt(route.last() + 1);
    if (!route.terrain().mode().level(depth).inMemory()) {
      depth = route.last();
    }
    long address = route.entryAddress(depth);
    long edited = edited(route, depth);
    int bytes = route.terrain().mode().format().bytes();
    guest.written.store(address, bytes, edited);
    int read = read(route);
    if (bytes == Long.BYTES && guest.chance(10)) {
      return List.of(
          new AtRead(read, store(other, address, edited & 0xFFFF_FFFFL, Integer.BYTES)),
          new AtRead(
              read + guest.choices.nextInt(3),
              store(other, address + Integer.BYTES, edited >>> Integer.SIZE, Integer.BYTES)));
    }
    return List.of(new AtRead(read, store(other, address, edited, bytes)));
  }

  private Operation store(CpuOutlook other, long address, long value, int bytes) {
    return other == cpu || (guest.has(Feature.FOREIGN_STORES) && guest.chance(50))
        ? new GuestOperation.ForeignStore(cpu.name, address, value, bytes)
        : Guest.windowStore(other, address, value, bytes);
  }

  private long edited(Route route, int depth) {
    long entry = route.entry(guest, depth);
    return switch (guest.choices.nextInt(5)) {
      case 0 -> entry ^ 1;
      case 1 -> entry ^ Route.WRITABLE;
      case 2 -> entry ^ (guest.chance(50) ? Route.DIRTY : Route.USER);
      default ->
          depth == route.last()
              ? Route.entry(guest.pick(Terrain.DATA), entry & (PageSize.BASE_BYTES - 1))
              : Route.entry(
                  Route.frame(guest.pick(route.terrain().tables().get(depth + 1))),
                  entry & (PageSize.BASE_BYTES - 1));
    };
  }

  /** The host edits the frame that the page maps, or a table on the way. */
  private Operation hostEdit(Route route) {
    HostEdits edits = new HostEdits(guest);
    return guest.chance(75)
        ? edits.edit(Route.frame(route.leaf(guest)), 1)
        : edits.editOfTable(Route.frame(route.table(route.last())));
  }
}
