package io.vtlb.conformance.smoke;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A guest of one paging mode that has just enough to ask a target about: a page of data, one that
 * is not there, one that leads to a device, one through which it sees its own last table, and a
 * second root. No entry has been used yet: A and D are clear.
 */
final class SmallGuest {

  /** The guest frame of the data. */
  static final long DATA_FRAME = 0x18;

  /** A guest frame of other data. */
  static final long OTHER_FRAME = 0x19;

  /** A guest frame with no memory behind it. */
  static final long DEVICE_FRAME = 0x40;

  /** Host frames that belong to nobody. */
  static final long SPARE_HOST_FRAME = 0x800;

  private static final long FRAMES = 0x20;
  private static final long HOST_FRAMES = 0x100;
  private static final long FIRST_PAGE = 0x400;
  private static final long ROOT = 0x1000;
  private static final long FOR_ALL = 0x7;
  private static final long FOR_SUPERVISOR = 0x3;
  private static final int PRESENT = 1;

  private final PagingMode mode;
  private final Map<Long, Long> entries = new HashMap<>();
  private final TreeMap<Long, Integer> words = new TreeMap<>();
  private long nextTable = ROOT + PageSize.BASE_BYTES;
  private long otherRoot;

  SmallGuest(PagingMode mode) {
    this.mode = mode;
    if (hasTables()) {
      long table = map(ROOT, FIRST_PAGE, DATA_FRAME, FOR_ALL);
      map(ROOT, FIRST_PAGE + 2, DEVICE_FRAME, FOR_ALL);
      map(ROOT, FIRST_PAGE + 3, PageSize.page(table), FOR_SUPERVISOR);
      otherRoot = nextTable;
      nextTable += PageSize.BASE_BYTES;
      map(otherRoot, FIRST_PAGE, OTHER_FRAME, FOR_ALL);
    }
  }

  PagingMode mode() {
    return mode;
  }

  /** True if its addresses are translated. */
  boolean hasTables() {
    return !mode.levels().isEmpty();
  }

  /** Linear: data. */
  long data() {
    return PageSize.address(hasTables() ? FIRST_PAGE : DATA_FRAME, 0);
  }

  /** Linear: a page that its tables do not map. */
  long absent() {
    return PageSize.address(FIRST_PAGE + 1, 0);
  }

  /** Linear: a page that leads to a device. */
  long device() {
    return PageSize.address(hasTables() ? FIRST_PAGE + 2 : DEVICE_FRAME, 0);
  }

  /** Linear: where it sees the entry that maps its data. */
  long entry() {
    return PageSize.address(FIRST_PAGE + 3, 0);
  }

  /** Guest-physical: where that entry is. */
  long entryInMemory() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue() == leaf(DATA_FRAME))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /** An entry that maps a frame. */
  static long leaf(long frame) {
    return PageSize.address(frame, 0) | FOR_ALL;
  }

  /** It maps its data elsewhere. */
  Store remap(Vcpu vcpu) {
    return new Store(vcpu, entry(), leaf(OTHER_FRAME), entryBytes());
  }

  /** How many bytes an entry has. */
  int entryBytes() {
    return mode.format().bytes();
  }

  /** What CR3 holds, to see other data at {@link #data}. */
  long otherRoot() {
    return otherRoot;
  }

  /** Maps a page; returns the address of the table that does it. */
  private long map(long root, long page, long frame, long flags) {
    long table = root;
    for (Level level : mode.levels()) {
      long address = table + (long) level.index(page) * mode.format().bytes();
      if (level.leaf() == Level.LeafRule.ALWAYS) {
        put(address, PageSize.address(frame, 0) | flags);
        return table;
      }
      if (!entries.containsKey(address)) {
        put(address, nextTable | (level.inMemory() ? FOR_ALL : PRESENT));
        nextTable += PageSize.BASE_BYTES;
      }
      table = entries.getOrDefault(address, 0L) & -PageSize.BASE_BYTES;
    }
    return table;
  }

  private void put(long address, long entry) {
    entries.put(address, entry);
    words.put(address, (int) entry);
    if (mode.format().bytes() > Integer.BYTES) {
      words.put(address + Integer.BYTES, (int) (entry >>> Integer.SIZE));
    }
  }

  /** The world of such guests, one in each machine. */
  World world(int machines, int vcpus) {
    boolean wide = mode.format().bytes() > Integer.BYTES;
    List<Machine> all = new ArrayList<>();
    for (int vm = 0; vm < machines; vm++) {
      HostRange memory = new HostRange(0, HOST_FRAMES * (vm + 1), FRAMES);
      all.add(
          new Machine(
              Collections.nCopies(vcpus, new VcpuState(control(), 0)),
              new HostMap(List.of(memory)),
              words.entrySet().stream()
                  .map(word -> new Machine.Word(word.getKey(), word.getValue()))
                  .toList()));
    }
    return new World(
        mode.name(),
        wide ? Profile.GENERIC_64 : Profile.GENERIC_32,
        new Caching(Caching.Policy.FOREVER, 0),
        all);
  }

  private ControlState control() {
    List<Long> registers = new ArrayList<>();
    for (int index = 0; index < PdpteRegisters.COUNT; index++) {
      registers.add(entries.getOrDefault(ROOT + (long) index * Long.BYTES, 0L));
    }
    boolean wide = mode.format().bytes() > Integer.BYTES;
    return new ControlState(
        ControlState.CR0_PE | ControlState.CR0_WP | (hasTables() ? ControlState.CR0_PG : 0),
        hasTables() ? ROOT : 0,
        (wide ? ControlState.CR4_PAE : 0)
            | (mode.equals(PagingMode.FIVE_LEVEL) ? ControlState.CR4_LA57 : 0),
        mode.signExtended() ? ControlState.EFER_LME | ControlState.EFER_LMA : 0,
        mode.equals(PagingMode.PAE) ? new PdpteRegisters(registers) : PdpteRegisters.NONE);
  }
}
