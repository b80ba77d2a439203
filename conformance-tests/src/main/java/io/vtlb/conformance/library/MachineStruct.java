package io.vtlb.conformance.library;

import static io.vtlb.conformance.library.Layouts.HOST_RANGE;
import static io.vtlb.conformance.library.Layouts.MACHINE;
import static io.vtlb.conformance.library.Layouts.PROFILE;
import static io.vtlb.conformance.library.Layouts.VCPU_STATE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** What a library is told when a machine is created. */
final class MachineStruct {

  private MachineStruct() {}

  /**
   * Writes a blueprint.
   *
   * @param guest the address of the machine's memory as the library sees it
   * @param arena how long all but that is there
   * @return the address of what was written
   */
  static long write(VmBlueprint blueprint, long guest, Arena arena) {
    MemorySegment machine = arena.allocate(MACHINE);
    machine.set(JAVA_INT, Layouts.offset(MACHINE, "vm"), blueprint.vm());
    machine.set(JAVA_INT, Layouts.offset(MACHINE, "vcpu_count"), blueprint.vcpus().size());
    machine.set(
        JAVA_INT, Layouts.offset(MACHINE, "range_count"), blueprint.hostMap().ranges().size());
    write(blueprint.profile(), machine, Layouts.offset(MACHINE, "profile"));
    machine.set(JAVA_LONG, Layouts.offset(MACHINE, "vcpus"), vcpus(blueprint.vcpus(), arena));
    machine.set(
        JAVA_LONG, Layouts.offset(MACHINE, "ranges"), ranges(blueprint.hostMap().ranges(), arena));
    machine.set(JAVA_LONG, Layouts.offset(MACHINE, "guest"), guest);
    return machine.address();
  }

  private static void write(Profile profile, MemorySegment at, long offset) {
    at.set(JAVA_INT, offset + Layouts.offset(PROFILE, "vendor"), Numbers.of(profile.vendor()));
    at.set(
        JAVA_INT,
        offset + Layouts.offset(PROFILE, "physical_address_bits"),
        profile.physicalAddressBits());
    at.set(
        JAVA_INT, offset + Layouts.offset(PROFILE, "capabilities"), Numbers.capabilities(profile));
    at.set(
        JAVA_INT,
        offset + Layouts.offset(PROFILE, "spurious_faults"),
        profile.spuriousFaults() ? 1 : 0);
  }

  private static long vcpus(List<VcpuState> states, Arena arena) {
    MemorySegment vcpus = arena.allocate(VCPU_STATE, states.size());
    for (int i = 0; i < states.size(); i++) {
      VcpuState state = states.get(i);
      long at = i * VCPU_STATE.byteSize();
      ControlStruct.write(state.control(), vcpus, at + Layouts.offset(VCPU_STATE, "control"));
      vcpus.set(JAVA_INT, at + Layouts.offset(VCPU_STATE, "cpl"), state.cpl());
      vcpus.set(
          JAVA_INT,
          at + Layouts.offset(VCPU_STATE, "alignment_check"),
          state.alignmentCheck() ? 1 : 0);
      vcpus.set(JAVA_INT, at + Layouts.offset(VCPU_STATE, "pkru"), state.pkru());
    }
    return vcpus.address();
  }

  private static long ranges(List<HostRange> runs, Arena arena) {
    MemorySegment ranges = arena.allocate(HOST_RANGE, runs.size());
    for (int i = 0; i < runs.size(); i++) {
      HostRange run = runs.get(i);
      long at = i * HOST_RANGE.byteSize();
      ranges.set(JAVA_LONG, at + Layouts.offset(HOST_RANGE, "guest_frame"), run.guestFrame());
      ranges.set(JAVA_LONG, at + Layouts.offset(HOST_RANGE, "host_frame"), run.hostFrame());
      ranges.set(JAVA_LONG, at + Layouts.offset(HOST_RANGE, "frames"), run.frames());
      ranges.set(JAVA_LONG, at + Layouts.offset(HOST_RANGE, "read_only"), run.readOnly() ? 1 : 0);
    }
    return ranges.address();
  }
}
