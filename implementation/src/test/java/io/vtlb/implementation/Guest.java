package io.vtlb.implementation;

import static io.vtlb.model.machine.ControlState.CR0_PE;
import static io.vtlb.model.machine.ControlState.CR0_PG;
import static io.vtlb.model.machine.ControlState.CR0_WP;
import static io.vtlb.model.machine.ControlState.CR4_PSE;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint;
import java.util.List;
import java.util.Optional;

/**
 * One guest with its tables in memory, on a processor that caches all it can, event by event.
 *
 * <p>Frame 1 is the root table. Frames 0 to 2047 and 0x100000 to 0x1003ff lie in one piece on the
 * host each, 2048 to 3071 in two pieces, 3072 to 3583 have memory and 3584 to 4095 do not.
 */
final class Guest {

  static final long P = GuestWalk.PRESENT;
  static final long W = GuestWalk.WRITABLE;
  static final long U = GuestWalk.USER;
  static final long A = GuestWalk.ACCESSED;
  static final long D = GuestWalk.DIRTY;
  static final long PS = GuestWalk.PAGE_SIZE;

  static final int ROOT = 1;
  static final int DEVICE_FRAME = 3584;
  static final int LARGE_IN_TWO_PIECES = 2048;
  static final int LARGE_HALF_DEVICE = 3072;
  static final long HOST = 0x10000;

  static final HostMap HOST_MAP =
      new HostMap(
          List.of(
              new HostRange(0, HOST, 2048),
              new HostRange(2048, 0x40000, 512),
              new HostRange(2560, 0x80000, 512),
              new HostRange(3072, 0x90000, 512),
              new HostRange(0x100000, 0x200000, 1024)));

  private static final ControlState START =
      new ControlState(CR0_PE | CR0_PG | CR0_WP, ROOT << 12, CR4_PSE, 0);

  final WordMemory memory;
  private final IndexedVirtualTlb tlb;
  private final Vcpu vcpu;
  private final CachingProcessor processor = new CachingProcessor();
  private ControlState control = START;

  Guest() {
    this(Profile.GENERIC_32);
  }

  Guest(Profile profile) {
    this(new IndexedVirtualTlb(), 0, HOST_MAP, profile);
  }

  Guest(IndexedVirtualTlb tlb, int vm, HostMap hostMap, Profile profile) {
    this.tlb = tlb;
    vcpu = new Vcpu(vm, 0);
    memory = new WordMemory(hostMap);
    VmBlueprint.VcpuState start = new VmBlueprint.VcpuState(control, 0);
    tlb.create(new VmBlueprint(vm, List.of(start), hostMap, profile), memory);
  }

  /** Writes entry {@code index} of the table in a frame: {@code target} is a frame, then flags. */
  void entry(long table, int index, long target, long flags) {
    memory.set(address(table, index), target << 12 | flags);
  }

  long flags(long table, int index) {
    return memory.get(address(table, index)) & 0xFFF;
  }

  static long address(long table, int index) {
    return (table << 12) + 4L * index;
  }

  Response load(PrivilegeSet set, long page) {
    return access(AccessKind.LOAD, set, page);
  }

  Response store(PrivilegeSet set, long page) {
    return access(AccessKind.STORE, set, page);
  }

  Response fetch(PrivilegeSet set, long page) {
    return access(AccessKind.FETCH, set, page);
  }

  Response access(AccessKind kind, PrivilegeSet set, long page) {
    Access access = new Access((page << 12) + 0x120, kind, set, false);
    return handle(new Event.PageFault(vcpu, access, new FaultCode(0), 0));
  }

  Response invalidate(long page) {
    return handle(new Event.InvalidatePage(vcpu, page << 12));
  }

  Response privilege(int from, int to) {
    return handle(new Event.PrivilegeChange(vcpu, from, to));
  }

  Response root(long frame) {
    return write(ControlRegister.CR3, frame << 12);
  }

  Response set(ControlRegister register, long bits) {
    return write(register, control.get(register) | bits);
  }

  Response clear(ControlRegister register, long bits) {
    return write(register, control.get(register) & ~bits);
  }

  Response write(ControlRegister register, long value) {
    ControlState before = control;
    ControlState after = before.with(register, value);
    Response response = handle(new Event.ControlWrite(vcpu, register, before, after));
    control = after;
    return response;
  }

  List<ActiveEntry> entries(PrivilegeSet set) {
    return List.copyOf(tlb.activeEntries(vcpu, set));
  }

  Optional<ActiveEntry> entry(PrivilegeSet set, long page) {
    return entries(set).stream().filter(entry -> entry.covers(page)).findFirst();
  }

  /** The entry of a page as text: its host frame and rights, or {@code none}. */
  String seen(PrivilegeSet set, long page) {
    return entry(set, page)
        .map(entry -> "0x%x %s".formatted(entry.hostFrame(page), entry.rights()))
        .orElse("none");
  }

  ControlState control() {
    return control;
  }

  Vcpu vcpu() {
    return vcpu;
  }

  private Response handle(Event event) {
    Response response = tlb.handle(event);
    processor.drop(response.drops());
    for (PrivilegeSet set : PrivilegeSet.values()) {
      processor.refill(set, tlb.activeEntries(vcpu, set));
    }
    return response;
  }
}
