package io.vtlb.implementation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One virtual CPU of a guest with its tables in memory, on a processor that caches all it can,
 * event by event.
 *
 * <p>Frame 1 is the root table. Frames 0 to 2047, 0x40000 to 0x7ffff and 0x100000 to 0x1003ff lie
 * in one piece on the host each, 2048 to 3071 in two pieces, 3072 to 3583 have memory and 3584 to
 * 4095 do not. Frames 0x1000 to 0x11ff and 0x80000 to 0xbffff lie in one piece, but not aligned.
 */
final class Guest {

  static final long P = GuestEntry.PRESENT;
  static final long W = GuestEntry.WRITABLE;
  static final long U = GuestEntry.USER;
  static final long A = GuestEntry.ACCESSED;
  static final long D = GuestEntry.DIRTY;
  static final long PS = GuestEntry.PAGE_SIZE;
  static final long G = GuestEntry.GLOBAL;
  static final long XD = GuestEntry.EXECUTE_DISABLE;

  static final int ROOT = 1;
  static final int DEVICE_FRAME = 3584;
  static final int LARGE_IN_TWO_PIECES = 2048;
  static final int LARGE_HALF_DEVICE = 3072;
  static final int MISALIGNED_2M = 0x1000;
  static final long HUGE = 0x40000;
  static final long MISALIGNED_1G = 0x80000;
  static final long HOST = 0x10000;
  static final long HUGE_HOST = 0x4000000;
  static final long PCID = 0xFFF;

  static final HostMap HOST_MAP =
      new HostMap(
          List.of(
              new HostRange(0, HOST, 2048),
              new HostRange(2048, 0x40000, 512),
              new HostRange(2560, 0x80000, 512),
              new HostRange(3072, 0x90000, 512),
              new HostRange(MISALIGNED_2M, 0x300001, 512),
              new HostRange(HUGE, HUGE_HOST, 0x40000),
              new HostRange(MISALIGNED_1G, 0x8000200, 0x40000),
              new HostRange(0x100000, 0x200000, 1024)));

  final WordMemory memory;
  private final IndexedVirtualTlb tlb;
  private final Vcpu vcpu;
  private final Layout firstLayout;
  private final CachingProcessor processor = new CachingProcessor();
  private ControlState control;
  private long nextTable = 0x20;

  Guest() {
    this(Profile.GENERIC_32);
  }

  Guest(Profile profile) {
    this(Layout.BITS_32, profile);
  }

  /** A guest of a mode on a processor that offers everything. */
  Guest(Layout layout) {
    this(layout, Profile.GENERIC_64);
  }

  Guest(Layout layout, Profile profile) {
    this(new IndexedVirtualTlb(), 0, HOST_MAP, layout, profile);
  }

  Guest(IndexedVirtualTlb tlb, int vm, HostMap hostMap, Profile profile) {
    this(tlb, vm, hostMap, Layout.BITS_32, profile);
  }

  private Guest(IndexedVirtualTlb tlb, int vm, HostMap hostMap, Layout layout, Profile profile) {
    this(tlb, new Vcpu(vm, 0), new WordMemory(hostMap), layout);
    tlb.create(new VmBlueprint(vm, List.of(state(layout)), hostMap, profile), memory);
  }

  private Guest(IndexedVirtualTlb tlb, Vcpu vcpu, WordMemory memory, Layout layout) {
    this.tlb = tlb;
    this.vcpu = vcpu;
    this.memory = memory;
    firstLayout = layout;
    control = layout.start();
    for (int index = 0; layout == Layout.PAE && index < PdpteRegisters.COUNT; index++) {
      memory.set(((long) ROOT << 12) + 8L * index, 8, control.pdptes().get(index));
    }
  }

  /** The virtual CPUs of one machine, which share its memory. */
  static List<Guest> cpus(int count, Layout layout) {
    IndexedVirtualTlb tlb = new IndexedVirtualTlb();
    WordMemory memory = new WordMemory(HOST_MAP);
    List<Guest> cpus = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      cpus.add(new Guest(tlb, new Vcpu(0, index), memory, layout));
    }
    List<VmBlueprint.VcpuState> states =
        IntStream.range(0, count).mapToObj(index -> state(layout)).toList();
    tlb.create(new VmBlueprint(0, states, HOST_MAP, Profile.GENERIC_64), memory);
    return cpus;
  }

  private static VmBlueprint.VcpuState state(Layout layout) {
    return new VmBlueprint.VcpuState(layout.start(), 0);
  }

  /** Writes entry {@code index} of the table in a frame: {@code target} is a frame, then flags. */
  void entry(long table, int index, long target, long flags) {
    memory.set(address(table, index), entryBytes(), target << 12 | flags);
  }

  long flags(long table, int index) {
    return memory.get(address(table, index), entryBytes()) & 0xFFF;
  }

  /** Where entry {@code index} of the table in a frame lies, in the mode of the start. */
  long address(long table, int index) {
    return (table << 12) + (long) entryBytes() * index;
  }

  private int entryBytes() {
    return firstLayout.entryBytes();
  }

  /** Maps a base page below tables that grant everything, which are made where there are none. */
  void map(long page, long frame, long flags) {
    set(page, 0, frame << 12 | flags);
  }

  /** Maps a large page by an entry of a level: 1 for 2 or 4 MiB, 2 for 1 GiB. */
  void mapLarge(long page, int level, long frame, long flags) {
    set(page, level, frame << 12 | flags | PS);
  }

  /** Writes the entry of a level, 0 for the last, that a walk to a page uses. */
  void set(long page, int level, long entry) {
    memory.set(entryAddress(page, level), entryBytes(), entry);
  }

  long get(long page, int level) {
    return memory.get(entryAddress(page, level), entryBytes());
  }

  /** Changes bits of the entry of a level that a walk to a page uses. */
  void flip(long page, int level, long bits) {
    set(page, level, get(page, level) ^ bits);
  }

  private long entryAddress(long page, int level) {
    long table = ROOT;
    if (firstLayout == Layout.PAE) {
      table = control.pdptes().get((int) (page >> 18) & 3) >>> 12;
    } else {
      table = control.cr3() >>> 12;
    }
    for (int above = firstLayout.levels() - 1; above > level; above--) {
      long address = address(table, firstLayout.index(above, page));
      if ((memory.get(address, entryBytes()) & P) == 0) {
        memory.set(address, entryBytes(), nextTable++ << 12 | P | W | U);
      }
      table = (memory.get(address, entryBytes()) & 0xF_FFFF_FFFF_F000L) >>> 12;
    }
    return address(table, firstLayout.index(level, page));
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
    return access(kind, set, page, 0);
  }

  Response access(AccessKind kind, PrivilegeSet set, long page, int pkru) {
    return access(new Access((page << 12) + 0x120, kind, set, pkru, 8));
  }

  Response access(Access access) {
    return handle(new Event.PageFault(vcpu, access, new FaultCode(0), 0));
  }

  Response invalidate(long page) {
    return handle(new Event.InvalidatePage(vcpu, page << 12));
  }

  Response invalidateAt(long address) {
    return handle(new Event.InvalidatePage(vcpu, address));
  }

  Response invalidate(InvalidationType type, int pcid, long page) {
    return handle(new Event.InvalidatePcid(vcpu, type, pcid, page << 12));
  }

  Response privilege(int from, int to) {
    return handle(new Event.PrivilegeChange(vcpu, from, to));
  }

  Response root(long frame) {
    return write(ControlRegister.CR3, frame << 12);
  }

  /** Loads CR3 with the same root and another PCID, and flushes it. */
  Response pcid(int pcid) {
    return write(ControlRegister.CR3, (control.cr3() & ~PCID) | pcid);
  }

  /** Loads CR3 with the same root and another PCID, and keeps what its context holds. */
  Response keptPcid(int pcid) {
    return write(ControlRegister.CR3, (control.cr3() & ~PCID) | pcid | ControlState.CR3_NO_FLUSH);
  }

  Response set(ControlRegister register, long bits) {
    return write(register, control.get(register) | bits);
  }

  Response clear(ControlRegister register, long bits) {
    return write(register, control.get(register) & ~bits);
  }

  Response write(ControlRegister register, long value) {
    ControlState before = control;
    ControlState after = after(register, value);
    Response response = handle(new Event.ControlWrite(vcpu, register, value, before, after), after);
    control = after;
    return response;
  }

  /** The control state once a write has taken effect: LMA and the PDPTE registers follow. */
  ControlState after(ControlRegister register, long value) {
    boolean keeps = register == ControlRegister.CR3 && control.processContexts();
    ControlState after = control.with(register, keeps ? value & ~ControlState.CR3_NO_FLUSH : value);
    boolean active = after.paging() && (after.efer() & ControlState.EFER_LME) != 0;
    after =
        after.with(
            ControlRegister.EFER,
            active ? after.efer() | ControlState.EFER_LMA : after.efer() & ~ControlState.EFER_LMA);
    boolean loads =
        register == ControlRegister.CR3
            || !control.paePaging()
            || after.globalPages() != control.globalPages();
    return after.paePaging() && loads ? after.with(registersInMemory(after)) : after;
  }

  private PdpteRegisters registersInMemory(ControlState state) {
    long table = state.cr3() & 0xFFFF_FFE0L;
    return new PdpteRegisters(
        IntStream.range(0, PdpteRegisters.COUNT)
            .mapToObj(index -> memory.get(table + 8L * index, 8))
            .toList());
  }

  /** Tells the virtual TLB what the host has done. */
  HostResponse follow(HostOperation operation) {
    return tlb.follow(operation);
  }

  /** The processor forgets what it is told to, and may cache again all that is listed. */
  void forget(List<ProcessorDrop> drops) {
    processor.drop(drops.stream().filter(drop -> drop.vcpu().equals(vcpu)).toList());
    checkAndCache(control);
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
    return handle(event, control);
  }

  private Response handle(Event event, ControlState after) {
    Response response = tlb.handle(event);
    processor.drop(response.drops());
    checkAndCache(after);
    return response;
  }

  private void checkAndCache(ControlState now) {
    for (PrivilegeSet set : PrivilegeSet.values()) {
      if (set.exists(now)) {
        checkShapes(entries(set));
        processor.refill(set, tlb.activeEntries(vcpu, set));
      }
    }
  }

  private void checkShapes(List<ActiveEntry> entries) {
    for (ActiveEntry entry : entries) {
      assertEquals(0, entry.page() % entry.pages(), entry::toString);
      assertEquals(0, entry.hostFrame() % entry.pages(), entry::toString);
      assertTrue(PageSize.exists(entry.pages()), entry::toString);
      assertFalse(entry.rights().none(), entry::toString);
      long frame = memory.hostMap().guestFrame(entry.hostFrame());
      assertTrue(memory.hostMap().contiguous(frame, entry.pages()), entry::toString);
      assertFalse(entry.rights().write() && memory.hostMap().readOnly(frame), entry::toString);
    }
  }
}
