package io.vtlb.conformance.generate;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CR3 leaves a root whose page was used, the tables below the old root are edited, and CR3 returns
 * to it; with PCIDs mostly so that the processor keeps what it had.
 */
final class OldRoot {

  private final Guest guest;
  private final CpuOutlook cpu;

  OldRoot(Guest guest) {
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
    long old = cpu.control.cr3();
    List<Step> steps = new ArrayList<>(8);
    steps.add(() -> paving);
    steps.add(() -> List.of(guest.touch(cpu, route.linear())));
    steps.add(() -> loaded(elsewhere(route, old)));
    if (guest.chance(50)) {
      steps.add(() -> List.of(guest.touch(cpu, route.linear())));
    }
    if (guest.chance(85)) {
      steps.add(() -> edited(route));
    }
    steps.add(() -> loaded(old | keeping(old)));
    steps.add(() -> List.of(guest.touch(cpu, route.linear())));
    return steps;
  }

  /** Another root, under the same PCID or another. */
  private long elsewhere(Route route, long old) {
    List<Long> roots = route.terrain().tables().getFirst();
    long root = roots.get((roots.indexOf(route.table(0)) + 1) % roots.size());
    if (!cpu.control.processContexts()) {
      return root;
    }
    long pcid = guest.chance(40) ? old & ControlState.CR3_PCID : guest.choices.nextInt(3);
    return root | pcid | keeping(old);
  }

  private long keeping(long old) {
    boolean contexts = cpu.control.processContexts() && old == (old & ~ControlState.CR3_NO_FLUSH);
    return contexts && guest.chance(70) ? ControlState.CR3_NO_FLUSH : 0;
  }

  private List<Operation> loaded(long root) {
    List<Operation> operations = new ArrayList<>(2);
    guest.write(cpu, ControlRegister.CR3, root, operations);
    return operations;
  }

  /** Of the old root's tables any, mostly the lower ones. */
  private List<Operation> edited(Route route) {
    List<Operation> operations = new ArrayList<>(2);
    int depth =
        guest.chance(50)
            ? route.last()
            : guest.chance(60) ? route.directory() : guest.choices.nextInt(route.last() + 1);
    boolean register = !route.terrain().mode().level(depth).inMemory();
    long entry = route.entry(guest, depth);
    long edited =
        register || guest.chance(40)
            ? entry ^ 1
            : depth == route.last() && guest.chance(50)
                ? Route.entry(guest.pick(Terrain.DATA), entry & 0xFFF)
                : entry ^ (guest.chance(50) ? Route.WRITABLE : Route.USER);
    route.store(guest, cpu, depth, edited, operations);
    return operations;
  }
}
