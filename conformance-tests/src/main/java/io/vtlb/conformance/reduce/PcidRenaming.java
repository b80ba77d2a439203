package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.InvalidatePcid;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Exchanges two PCIDs, in CR3, in what is written to it, and in INVPCID.
 *
 * <p>Only virtual CPUs that start with CR4.PCIDE=1 have them; elsewhere bits 11:0 of CR3 are none.
 */
record PcidRenaming(int one, int other) {

  private static final int SMALL = 2;

  /** Sequences in which a used PCID is 0 or 1 instead, where those are not used. */
  static Stream<Sequence> of(Sequence sequence) {
    Set<Integer> used = used(sequence);
    return used.stream()
        .flatMap(pcid ->
            IntStream.range(0, Math.min(pcid, SMALL))
                .filter(smaller -> !used.contains(smaller))
                .mapToObj(smaller -> new PcidRenaming(pcid, smaller).renamed(sequence)));
  }

  private static Set<Integer> used(Sequence sequence) {
    Stream<Integer> loaded =
        sequence.world().machines().stream()
            .flatMap(machine -> machine.vcpus().stream())
            .map(VcpuState::control)
            .filter(ControlState::processContexts)
            .map(ControlState::pcid);
    Stream<Integer> named =
        sequence.operations().stream()
            .flatMap(operation -> Actions.guest(operation).stream())
            .filter(operation -> hasContexts(sequence.world(), operation))
            .flatMap(PcidRenaming::named);
    return Stream.concat(loaded, named).collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean hasContexts(World world, GuestOperation operation) {
    return world
        .machines()
        .get(operation.vcpu().vm())
        .vcpus()
        .get(operation.vcpu().index())
        .control()
        .processContexts();
  }

  private static Stream<Integer> named(GuestOperation operation) {
    if (operation instanceof InvalidatePcid invalidate) {
      return Stream.of(invalidate.pcid());
    }
    return operation instanceof WriteControl write && write.register() == ControlRegister.CR3
        ? Stream.of((int) (write.value() & ControlState.CR3_PCID))
        : Stream.empty();
  }

  private Sequence renamed(Sequence sequence) {
    World world = sequence.world();
    return new Sequence(
        new World(
            world.mode(),
            world.profile(),
            world.caching(),
            world.machines().stream()
                .map(machine ->
                    new Machine(
                        machine.vcpus().stream().map(this::renamed).toList(),
                        machine.hostMap(),
                        machine.words()))
                .toList()),
        sequence.operations().stream()
            .map(operation ->
                Actions.withGuest(
                    operation, guest -> hasContexts(world, guest) ? renamed(guest) : guest))
            .toList());
  }

  private VcpuState renamed(VcpuState state) {
    ControlState control = state.control();
    return control.processContexts()
        ? new VcpuState(
            control.with(ControlRegister.CR3, root(control.cr3())),
            state.cpl(),
            state.alignmentCheck(),
            state.pkru())
        : state;
  }

  private GuestOperation renamed(GuestOperation operation) {
    if (operation instanceof InvalidatePcid invalidate) {
      return new InvalidatePcid(
          invalidate.vcpu(), invalidate.type(), swapped(invalidate.pcid()), invalidate.address());
    }
    return operation instanceof WriteControl write && write.register() == ControlRegister.CR3
        ? new WriteControl(write.vcpu(), write.register(), root(write.value()))
        : operation;
  }

  private long root(long cr3) {
    return (cr3 & ~ControlState.CR3_PCID) | swapped((int) (cr3 & ControlState.CR3_PCID));
  }

  private int swapped(int pcid) {
    return pcid == one ? other : pcid == other ? one : pcid;
  }
}
