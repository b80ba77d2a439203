package io.vtlb.conformance.design.roleshared;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint;
import java.util.List;
import java.util.Set;

/**
 * A guest with 32-bit paging: two directories, in frames 1 and 2, lead to one table, in frame 3;
 * two virtual CPUs run on the first. Guest frame n lies in host frame 0x100 + n.
 */
final class SharedGuest {

  static final int DIRECTORY = 1;
  static final int OTHER_DIRECTORY = 2;
  static final int TABLE = 3;
  static final int DEVICE = 40;
  static final Vcpu CPU = new Vcpu(0, 0);
  static final Vcpu OTHER_CPU = new Vcpu(0, 1);

  private static final long HOST = 0x100;
  private static final long P = 1;
  private static final long PWAD = 0x63;

  private final GuestPhysicalMemory memory;
  private final RoleSharedTlb tlb;
  private ControlState control =
      new ControlState(
          ControlState.CR0_PE | ControlState.CR0_PG | ControlState.CR0_WP, DIRECTORY << 12, 0, 0);

  SharedGuest(Slip... slips) {
    HostMap hostMap = new HostMap(List.of(new HostRange(0, HOST, 32)));
    memory = new GuestPhysicalMemory(0, hostMap);
    tlb = new RoleSharedTlb(Set.of(slips));
    write(DIRECTORY, 0, TABLE, PWAD);
    write(OTHER_DIRECTORY, 0, TABLE, PWAD);
    VmBlueprint.VcpuState state = new VmBlueprint.VcpuState(control, 0);
    tlb.create(new VmBlueprint(0, List.of(state, state), hostMap, Profile.GENERIC_32), memory);
  }

  /** Writes an entry as another agent would, unseen. */
  void write(int frame, int index, int to, long flags) {
    memory.write(PageSize.address(frame, 4 * index), to << PageSize.BASE_SHIFT | (int) flags);
  }

  /** Maps a page of the table, accessed and dirty. */
  SharedGuest map(int page, int to) {
    write(TABLE, page, to, PWAD);
    return this;
  }

  /** Maps a page of the table, present and nothing else. */
  SharedGuest mapFresh(int page, int to) {
    write(TABLE, page, to, P | 2);
    return this;
  }

  int word(int frame, int index) {
    return memory.word(PageSize.address(frame, 4 * index));
  }

  Response load(long page) {
    return fault(CPU, page, AccessKind.LOAD, 0);
  }

  Response store(long page, long value) {
    return fault(CPU, page, AccessKind.STORE, value);
  }

  Response fault(Vcpu vcpu, long page, AccessKind kind, long value) {
    Access access = new Access(page << PageSize.BASE_SHIFT, kind, PrivilegeSet.SUPERVISOR);
    return tlb.handle(new Event.PageFault(vcpu, access, new FaultCode(0), value));
  }

  Response invalidate(long page) {
    return tlb.handle(new Event.InvalidatePage(CPU, page << PageSize.BASE_SHIFT));
  }

  Response loadRoot(int directory) {
    ControlState before = control;
    control = before.with(ControlRegister.CR3, (long) directory << PageSize.BASE_SHIFT);
    return tlb.handle(new Event.ControlWrite(CPU, ControlRegister.CR3, before, control));
  }

  HostResponse follow(HostOperation operation) {
    return tlb.follow(operation);
  }

  /** What supervisors see, for example {@code 5 -> 9 rw-} in guest frames. */
  List<String> shown(Vcpu vcpu) {
    return tlb.activeEntries(vcpu, PrivilegeSet.SUPERVISOR).stream()
        .map(entry -> entry.page() + " -> " + (entry.hostFrame() - HOST) + " " + entry.rights())
        .toList();
  }
}
