package io.vtlb.conformance.generate;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.paging.PagingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A page is used, then used through the same tables in another role (another mode, or another value
 * of a bit that its entries depend on), and in the first role again.
 */
final class TwoRoles {

  /** Modes that have their lowest tables in common. */
  private static final List<PagingMode> RELATED =
      List.of(PagingMode.PAE, PagingMode.FOUR_LEVEL, PagingMode.FIVE_LEVEL);

  private final Guest guest;
  private final CpuOutlook cpu;

  TwoRoles(Guest guest) {
    this.guest = guest;
    this.cpu = guest.cpu;
  }

  List<Step> steps() {
    List<Operation> paving = new ArrayList<>();
    Optional<Route> route = Route.inFocus(guest, cpu, paving);
    if (route.isEmpty()) {
      return List.of();
    }
    if (guest.changesModes && RELATED.contains(route.get().terrain().mode()) && guest.chance(40)) {
      return otherMode(route.get(), paving);
    }
    RoleBit bit = guest.pick(RoleBit.of(guest, cpu));
    route
        .get()
        .store(
            guest,
            cpu,
            route.get().last(),
            Route.entry(
                guest.pick(Terrain.DATA), bit.leaf() | (guest.chance(50) ? Route.DIRTY : 0)),
            paving);
    guest.enter(cpu, bit.cpl(), paving);
    return otherBit(route.get(), bit, paving);
  }

  private List<Step> otherBit(Route route, RoleBit bit, List<Operation> paving) {
    List<Step> steps = new ArrayList<>(7);
    steps.add(() -> paving);
    steps.add(() -> uses(bit, route.linear()));
    steps.add(() -> toggled(bit));
    steps.add(() -> uses(bit, route.linear()));
    steps.add(() -> toggled(bit));
    steps.add(() -> uses(bit, route.linear()));
    return steps;
  }

  private List<Operation> toggled(RoleBit bit) {
    List<Operation> operations = new ArrayList<>(2);
    guest.write(cpu, bit.register(), bit.toggled(cpu), operations);
    return operations;
  }

  /** An access that the bit matters to, and sometimes another virtual CPU's, in its own role. */
  private List<Operation> uses(RoleBit bit, long linear) {
    List<Operation> operations = new ArrayList<>(4);
    guest.enter(cpu, bit.cpl(), operations);
    operations.add(
        switch (bit.register()) {
          case CR0 -> guest.storeTo(cpu, linear);
          case EFER -> guest.chance(70) ? guest.fetch(cpu, linear) : guest.load(cpu, linear);
          case CR4 ->
              bit.bit() == ControlState.CR4_SMEP && guest.chance(80)
                  ? guest.fetch(cpu, linear)
                  : guest.touch(cpu, linear);
          case CR3 -> guest.touch(cpu, linear);
        });
    CpuOutlook other = guest.other(cpu);
    if (other != cpu && guest.chance(50)) {
      operations.add(guest.touch(other, linear));
    }
    return operations;
  }

  private List<Step> otherMode(Route route, List<Operation> paving) {
    PagingMode home = route.terrain().mode();
    List<PagingMode> others =
        RELATED.stream()
            .filter(mode -> !mode.equals(home) && guest.controls.canEnter(mode))
            .toList();
    if (others.isEmpty()) {
      return List.of();
    }
    PagingMode away = guest.pick(others);
    route.openLeaf(guest, cpu, paving);
    List<Step> steps = new ArrayList<>(8);
    steps.add(() -> paving);
    steps.add(() -> List.of(guest.touch(cpu, route.linear())));
    steps.add(() -> entered(away));
    steps.add(this::useInFocus);
    if (guest.chance(50)) {
      steps.add(() -> edited(route));
    }
    steps.add(() -> entered(home));
    steps.add(() -> List.of(guest.touch(cpu, route.linear())));
    return steps;
  }

  private List<Operation> entered(PagingMode mode) {
    List<Operation> operations = new ArrayList<>(6);
    guest.enter(cpu, 0, operations);
    List<GuestOperation> writes = guest.controls.modeChange(cpu, mode);
    operations.addAll(writes);
    return operations;
  }

  /** The page of the same indices, which the common tables translate. */
  private List<Operation> useInFocus() {
    List<Operation> operations = new ArrayList<>();
    Optional<Route> here = Route.inFocus(guest, cpu, operations);
    here.ifPresent(route -> operations.add(guest.touch(cpu, route.linear())));
    return operations;
  }

  private List<Operation> edited(Route route) {
    List<Operation> operations = new ArrayList<>(2);
    route.store(
        guest,
        cpu,
        route.last(),
        route.leaf(guest) ^ (guest.chance(50) ? Route.WRITABLE : 1),
        operations);
    return operations;
  }
}
