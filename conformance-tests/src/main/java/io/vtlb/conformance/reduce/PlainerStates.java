package io.vtlb.conformance.reduce;

import io.vtlb.conformance.trace.ImpossibleState;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** States of a virtual CPU with one thing less, all of which a processor can be in. */
final class PlainerStates {

  private PlainerStates() {}

  static Stream<VcpuState> of(VcpuState state, Profile profile) {
    Stream<VcpuState> controls =
        controls(state.control())
            .filter(control -> ImpossibleState.of(control, profile).isEmpty())
            .map(control ->
                new VcpuState(control, state.cpl(), state.alignmentCheck(), state.pkru()));
    return Stream.concat(controls, others(state));
  }

  private static Stream<ControlState> controls(ControlState control) {
    Stream<ControlState> fewerBits =
        Stream.of(ControlRegister.values())
            .flatMap(register ->
                SimplerValues.of(register, control.get(register))
                    .map(value -> control.with(register, value)));
    Stream<ControlState> writeProtected =
        control.writeProtect()
            ? Stream.empty()
            : Stream.of(control.with(ControlRegister.CR0, control.cr0() | ControlState.CR0_WP));
    return Stream.of(fewerBits, writeProtected, withoutPdptes(control))
        .flatMap(candidates -> candidates);
  }

  private static Stream<ControlState> withoutPdptes(ControlState control) {
    if (control.pdptes().equals(PdpteRegisters.NONE)) {
      return Stream.empty();
    }
    Stream<PdpteRegisters> oneLess =
        IntStream.range(0, PdpteRegisters.COUNT)
            .boxed()
            .flatMap(index ->
                Stream.concat(Stream.of(0L), SimplerValues.fewerFlags(control.pdptes().get(index)))
                    .filter(value -> value != control.pdptes().get(index))
                    .map(value -> with(control.pdptes(), index, value)));
    return Stream.concat(Stream.of(PdpteRegisters.NONE), oneLess).distinct().map(control::with);
  }

  private static PdpteRegisters with(PdpteRegisters registers, int index, long value) {
    List<Long> entries = new ArrayList<>(registers.entries());
    entries.set(index, value);
    return new PdpteRegisters(entries);
  }

  private static Stream<VcpuState> others(VcpuState state) {
    ControlState control = state.control();
    List<VcpuState> plainer = new ArrayList<>();
    if (state.cpl() != 0) {
      plainer.add(new VcpuState(control, 0, state.alignmentCheck(), state.pkru()));
    }
    if (state.alignmentCheck()) {
      plainer.add(new VcpuState(control, state.cpl(), false, state.pkru()));
    }
    SimplerValues.withoutBits(Integer.toUnsignedLong(state.pkru()))
        .forEach(pkru ->
            plainer.add(
                new VcpuState(control, state.cpl(), state.alignmentCheck(), pkru.intValue())));
    return plainer.stream();
  }
}
