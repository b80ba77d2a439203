package io.vtlb.model.target;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import java.util.List;

/**
 * What a VMM is told when it creates a virtual machine.
 *
 * @param vm the machine's number, from 0
 * @param vcpus the initial state of each virtual CPU, in order
 * @param hostMap the memory behind its guest frames
 * @param profile the processor that the guest sees
 */
public record VmBlueprint(int vm, List<VcpuState> vcpus, HostMap hostMap, Profile profile) {

  public VmBlueprint {
    vcpus = List.copyOf(vcpus);
  }

  /**
   * The state that a virtual CPU starts in.
   *
   * @param cpl its privilege level, 0 to 3
   * @param alignmentCheck EFLAGS.AC
   * @param pkru the PKRU register
   */
  public record VcpuState(ControlState control, int cpl, boolean alignmentCheck, int pkru) {

    /** A state with EFLAGS.AC clear and PKRU restricting nothing. */
    public VcpuState(ControlState control, int cpl) {
      this(control, cpl, false, 0);
    }
  }
}
