package io.vtlb.conformance.library;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import java.util.Collections;
import java.util.List;

/** What tests ask of the library in odd.c. */
final class OddLibrary {

  static final Vcpu CPU = new Vcpu(0, 0);
  static final HostMap MAP = new HostMap(List.of(new HostRange(0, 0x200, 8)));

  private OddLibrary() {}

  /** Machine 0, with some virtual CPUs and the first eight frames. */
  static VmBlueprint machine(int vcpus) {
    VcpuState state = new VcpuState(new ControlState(0x8001_0001L, 0x1000, 0, 0), 0);
    return new VmBlueprint(0, Collections.nCopies(vcpus, state), MAP, Profile.GENERIC_32);
  }

  /** An instance with machine 0. */
  static NativeTlb started(NativeLibrary library, GuestMemory memory) {
    NativeTlb tlb = library.fresh();
    tlb.holds(0, List.of());
    tlb.create(machine(1), memory);
    return tlb;
  }

  /** The event that asks for an odd answer. */
  static Event asking(long oddity) {
    Access access = new Access(oddity, AccessKind.LOAD, PrivilegeSet.SUPERVISOR);
    return new Event.PageFault(CPU, access, new FaultCode(0), 0);
  }
}
