package io.vtlb.conformance.generate;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A page is used, a control bit toggled, an entry of the page edited while it is the other way, the
 * bit toggled back, and the page used again without any other flush.
 */
final class ToggleAroundEdit {

  private final Guest guest;
  private final CpuOutlook cpu;

  ToggleAroundEdit(Guest guest) {
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
    int home = cpu.cpl;
    RoleBit bit = bit();
    List<Step> steps = new ArrayList<>(7);
    steps.add(() -> paving);
    steps.add(() -> used(route, home));
    steps.add(() -> toggled(bit));
    steps.add(() -> edited(route));
    if (guest.chance(40)) {
      steps.add(() -> used(route, cpu.cpl));
    }
    steps.add(() -> toggled(bit));
    steps.add(() -> used(route, home));
    return steps;
  }

  /** Where the PDPTE registers count, often a bit that does nothing but load them. */
  private RoleBit bit() {
    List<RoleBit> bits = RoleBit.of(guest, cpu);
    if (cpu.control.paePaging() && guest.chance(40)) {
      bits = List.of(new RoleBit(ControlRegister.CR0, ControlState.CR0_CD, 0, 0));
    } else if (guest.changesModes && !cpu.control.processContexts() && guest.chance(40)) {
      bits = List.of(new RoleBit(ControlRegister.CR0, ControlState.CR0_PG, 0, 0));
    } else if (guest.changesModes && !cpu.control.longMode() && guest.chance(30)) {
      bits = List.of(new RoleBit(ControlRegister.CR4, ControlState.CR4_PAE, 0, 0));
    }
    return guest.pick(bits);
  }

  private List<Operation> toggled(RoleBit bit) {
    List<Operation> operations = new ArrayList<>(2);
    guest.write(cpu, bit.register(), bit.toggled(cpu), operations);
    return operations;
  }

  private List<Operation> used(Route route, int cpl) {
    List<Operation> operations = new ArrayList<>(2);
    guest.enter(cpu, cpl, operations);
    operations.add(guest.touch(cpu, route.linear()));
    return operations;
  }

  /** The top entry too where it is only read when registers are loaded. */
  private List<Operation> edited(Route route) {
    List<Operation> operations = new ArrayList<>(3);
    int depth =
        guest.chance(50)
            ? route.last()
            : guest.chance(50) ? route.directory() : guest.choices.nextInt(route.last() + 1);
    boolean register = !route.terrain().mode().level(depth).inMemory();
    long entry = route.entry(guest, depth);
    long other =
        depth == route.last()
            ? guest.pick(Terrain.DATA)
            : Route.frame(guest.pick(route.terrain().tables().get(depth + 1)));
    long edited =
        guest.chance(50)
            ? Route.entry(other, register ? 1 : (entry & 0xFFF) | 1)
            : entry ^ (register || guest.chance(50) ? 1 : Route.WRITABLE);
    route.store(guest, cpu, depth, edited, operations);
    return operations;
  }
}
