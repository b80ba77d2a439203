package io.vtlb.conformance.emulator.comparison;

import io.vtlb.conformance.emulator.Instruction;
import io.vtlb.conformance.emulator.Probe;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import java.util.List;

/**
 * One access with all that decides about it.
 *
 * @param profile the processor
 * @param probe the state, the access and the memory
 */
public record Situation(Profile profile, Probe probe) {

  /** The privilege set of the access (Intel SDM vol. 3, 4.6.1). */
  PrivilegeSet set() {
    return probe.instruction().isImplicit()
        ? PrivilegeSet.SUPERVISOR
        : PrivilegeSet.of(probe.cpl(), probe.alignmentCheck(), probe.control());
  }

  /** The access as the model takes it: one part for each page, by ascending address. */
  List<Access> parts(PrivilegeSet set) {
    long address = probe.address();
    Instruction instruction = probe.instruction();
    if (!probe.crosses()) {
      return List.of(part(address, instruction.bytes(), set));
    }
    int first = PageSize.BASE_BYTES - PageSize.offset(address);
    long next = probe.mode().linear(address + first);
    return List.of(part(address, first, set), part(next, instruction.bytes() - first, set));
  }

  private Access part(long address, int bytes, PrivilegeSet set) {
    return new Access(address, probe.instruction().kind(), set, probe.pkru(), bytes);
  }
}
