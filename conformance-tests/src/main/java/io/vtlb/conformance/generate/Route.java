package io.vtlb.conformance.generate;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The entries that translate one page under one root, made passable as far as was asked for.
 *
 * @param terrain the mode
 * @param path the indices that the page selects, root first
 * @param tables the table at each depth, as far as the route leads
 */
record Route(Terrain terrain, List<Integer> path, List<Long> tables) {

  /** Present, writable, for users, accessed. */
  static final long USABLE = 0x27;

  static final long WRITABLE = 1 << 1;
  static final long USER = 1 << 2;
  static final long DIRTY = 1 << 6;
  static final long LARGE = 1 << 7;
  static final long GLOBAL = 1 << 8;
  static final long EXECUTE_DISABLE = 1L << 63;

  private static final long FRAME = 0xF_FFFF_FFFF_F000L;

  Route {
    path = List.copyOf(path);
    tables = List.copyOf(tables);
  }

  /**
   * The route to the page in focus, through every table.
   *
   * @param operations gets the stores that it takes
   * @return empty where there is no paging, or a register would have to be loaded
   */
  static Optional<Route> inFocus(Guest guest, CpuOutlook cpu, List<Operation> operations) {
    Terrain terrain = Guest.terrain(cpu);
    return terrain.depths() == 0
        ? Optional.empty()
        : to(guest, cpu, guest.focus.path(terrain), terrain.depths() - 1, operations);
  }

  /** The route along a path, down to the table at a depth. */
  static Optional<Route> to(
      Guest guest, CpuOutlook cpu, List<Integer> path, int depth, List<Operation> operations) {
    Terrain terrain = Guest.terrain(cpu);
    long root = root(cpu);
    if (!terrain.tables().getFirst().contains(root)) {
      return Optional.empty();
    }
    List<Long> tables = new ArrayList<>(terrain.depths());
    tables.add(root);
    for (int above = 0; above < depth; above++) {
      long next = next(guest, cpu, terrain, tables.get(above), above, path.get(above), operations);
      if (next < 0) {
        return Optional.empty();
      }
      tables.add(next);
    }
    return Optional.of(new Route(terrain, path, tables));
  }

  static long root(CpuOutlook cpu) {
    return cpu.control.paePaging()
        ? cpu.control.cr3() & 0xFFFF_FFE0L
        : cpu.control.cr3() & ~ControlState.CR3_PCID;
  }

  /** The table that an entry names; an entry that names none is written, if it is in memory. */
  private static long next(
      Guest guest,
      CpuOutlook cpu,
      Terrain terrain,
      long table,
      int depth,
      int index,
      List<Operation> operations) {
    List<Long> tables = terrain.tables().get(depth + 1);
    if (!terrain.mode().level(depth).inMemory()) {
      long register = cpu.control.pdptes().get(index);
      return (register & 1) != 0 && tables.contains(register & FRAME) ? register & FRAME : -1;
    }
    long address = terrain.entryAddress(table, index);
    long entry = guest.written.read(address, terrain.mode().format().bytes());
    long next = entry & FRAME;
    boolean leads = (entry & (1 | LARGE | EXECUTE_DISABLE)) == 1 && tables.contains(next);
    if (!leads) {
      next = guest.pick(tables);
    }
    if (!leads || ((entry & USABLE) != USABLE && guest.chance(60))) {
      guest.store(cpu, address, next | USABLE, operations);
    }
    return next;
  }

  /** The same route to other depths, along other indices from some depth on. */
  Route with(int depth, int index) {
    List<Integer> other = new ArrayList<>(path);
    other.set(depth, index);
    return new Route(terrain, other, tables);
  }

  int last() {
    return terrain.depths() - 1;
  }

  /** The depth of the entries that name the lowest tables. */
  int directory() {
    return terrain.depths() - 2;
  }

  long table(int depth) {
    return tables.get(depth);
  }

  /** Where the entry at a depth lies. */
  long entryAddress(int depth) {
    return terrain.entryAddress(tables.get(depth), path.get(depth));
  }

  /** The entry at a depth, as it was last written. */
  long entry(Guest guest, int depth) {
    return guest.written.read(entryAddress(depth), terrain.mode().format().bytes());
  }

  /** Writes the entry at a depth, whichever mode the virtual CPU runs in by now. */
  void store(Guest guest, CpuOutlook cpu, int depth, long entry, List<Operation> operations) {
    guest.storeAs(terrain, cpu, entryAddress(depth), entry, operations);
  }

  long leaf(Guest guest) {
    return entry(guest, last());
  }

  /** The guest frame that a leaf maps, or that an entry names. */
  static long frame(long entry) {
    return (entry & FRAME) >>> PageSize.BASE_SHIFT;
  }

  static long entry(long frame, long flags) {
    return frame << PageSize.BASE_SHIFT | flags;
  }

  /** The first byte of the page. */
  long linear() {
    return terrain.linear(path, 0);
  }

  /** Has the page's leaf map some data, unless it does. */
  void openLeaf(Guest guest, CpuOutlook cpu, List<Operation> operations) {
    long leaf = leaf(guest);
    boolean open =
        (leaf & USABLE) == USABLE
            && (leaf & (LARGE | EXECUTE_DISABLE)) == 0
            && Terrain.DATA.contains((int) frame(leaf));
    if (!open) {
      long more = guest.chance(50) ? DIRTY : 0;
      store(guest, cpu, last(), entry(guest.pick(Terrain.DATA), USABLE | more), operations);
    }
  }

  /** Has the page's leaf map a device, where the host may put memory. */
  void openDevice(Guest guest, CpuOutlook cpu, List<Operation> operations) {
    store(guest, cpu, last(), entry(Terrain.DEVICE, USABLE | DIRTY), operations);
  }

  /** Another index that is in use at a depth. */
  int otherIndex(Guest guest, int depth) {
    int[] indices = terrain.indices().get(depth);
    int at = 0;
    while (indices[at] != path.get(depth)) {
      at++;
    }
    return indices[(at + 1 + guest.choices.nextInt(indices.length - 1)) % indices.length];
  }
}
