package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.World;
import java.util.List;

/** The paging modes that the linear addresses and tables of a world are made for. */
final class Modes {

  private Modes() {}

  /** Each mode that some virtual CPU starts in, or would if it turned paging on. */
  static List<PagingMode> of(World world) {
    return world.machines().stream()
        .flatMap(machine -> machine.vcpus().stream())
        .map(Modes::of)
        .distinct()
        .toList();
  }

  /** The mode of one virtual CPU. */
  static PagingMode of(World world, Vcpu vcpu) {
    return of(world.machines().get(vcpu.vm()).vcpus().get(vcpu.index()));
  }

  /** The mode of a state, as if paging were on. */
  static PagingMode of(VcpuState state) {
    ControlState control = state.control();
    long active = (control.efer() & ControlState.EFER_LME) == 0 ? 0 : ControlState.EFER_LMA;
    return PagingMode.of(
        control
            .with(ControlRegister.CR0, control.cr0() | ControlState.CR0_PG)
            .with(ControlRegister.EFER, control.efer() | active));
  }
}
