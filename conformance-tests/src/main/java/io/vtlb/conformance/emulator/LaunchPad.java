package io.vtlb.conformance.emulator;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;

/**
 * The two pages with the instructions of the probes, and the tables that map them.
 *
 * <p>A probe's instruction must itself be fetched through the page tables under test. So, while the
 * probe runs, one otherwise empty root entry points here: to a supervisor page for CPL 0 to 2 and a
 * user page for CPL 3, both 4 KiB, executable, with every A bit set, so that nothing here changes.
 */
final class LaunchPad {

  private static final long PT4 = MemoryLayout.RUNNER + 0x5_0000;
  private static final long PD = MemoryLayout.RUNNER + 0x5_1000;
  private static final long PT8 = MemoryLayout.RUNNER + 0x5_2000;
  private static final long PDPT = MemoryLayout.RUNNER + 0x5_3000;
  private static final long PML4 = MemoryLayout.RUNNER + 0x5_4000;
  private static final long SUPERVISOR = MemoryLayout.RUNNER + 0x6_0000;
  private static final long USER = MemoryLayout.RUNNER + 0x6_1000;

  private static final long PRESENT = 0x1;
  private static final long TABLE = 0x27;

  private static final long PAE_ROOT = 0xFFFF_FFE0L;
  private static final long ROOT = 0x000F_FFFF_FFFF_F000L;

  private LaunchPad() {}

  static void build(SharedMemory memory) {
    memory.put(PT4, SUPERVISOR | 0x21 | (USER | 0x25) << 32);
    memory.put(PT8, SUPERVISOR | 0x21);
    memory.put(PT8 + 8, USER | 0x25);
    memory.put(PD, PT8 | TABLE);
    memory.put(PDPT, PD | TABLE);
    memory.put(PML4, PDPT | TABLE);
    memory.put(SUPERVISOR, Programs.PAD.bytes());
    memory.put(USER, Programs.PAD.bytes());
  }

  /** True if the probe needs an entry that leads here. */
  static boolean isMapped(Probe probe) {
    return !probe.mode().levels().isEmpty() && probe.instruction() != Instruction.FETCH;
  }

  /** The linear address of the code, for the index of a root entry. */
  static long code(Probe probe, int index) {
    if (probe.mode().levels().isEmpty()) {
      return SUPERVISOR;
    }
    Level root = probe.mode().level(0);
    long page = probe.mode().canonicalPage(index * root.pages()) + (probe.cpl() == 3 ? 1 : 0);
    return probe.mode().linear(page << PageSize.BASE_SHIFT);
  }

  /** The word that makes a root entry lead here. */
  static Word entry(Probe probe, int index) {
    long table =
        switch (probe.mode().levels().size()) {
          case 2 -> PT4 | TABLE;
          case 3 -> PD | PRESENT;
          case 4 -> PDPT | TABLE;
          default -> PML4 | TABLE;
        };
    return new Word(root(probe) + (long) index * probe.mode().format().bytes(), table);
  }

  /**
   * The last root entry that shares its word with none that the probe places or that its walk
   * reads, not even through a table that is its own root; -1 if there is none.
   */
  static int freeIndex(Probe probe) {
    PagingMode mode = probe.mode();
    int bytes = mode.format().bytes();
    int step = Long.BYTES / bytes;
    long last = probe.address() + probe.instruction().bytes() - 1;
    for (int index = mode.level(0).entries() - step; index >= 0; index -= step) {
      long place = root(probe) + (long) index * bytes;
      if (!reads(mode, probe.address(), place)
          && !reads(mode, last, place)
          && probe.words().stream().noneMatch(word -> word.physical() == place)
          && MemoryLayout.isFree(place)) {
        return index;
      }
    }
    return -1;
  }

  /** True if a walk for an address, or the access itself, may read this word of a table. */
  private static boolean reads(PagingMode mode, long address, long place) {
    long offset = PageSize.offset(place);
    for (Level level : mode.levels()) {
      long entry = (long) level.index(PageSize.page(address)) * mode.format().bytes();
      if ((entry & -Long.BYTES) == offset || (!level.inMemory() && entry == (place & 0x1F))) {
        return true;
      }
    }
    return (PageSize.offset(address) & -Long.BYTES) == offset;
  }

  private static long root(Probe probe) {
    long cr3 = probe.control().cr3();
    return cr3 & (probe.control().paePaging() ? PAE_ROOT : ROOT);
  }
}
