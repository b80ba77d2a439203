package io.vtlb.conformance.emulator;

/**
 * The runner's own world: segments, interrupt gates, an identity map in 1 GiB pages, and the
 * control block from which every probe's guest starts.
 */
final class HostTables {

  private static final long GDT = MemoryLayout.RUNNER + 0x1000;
  private static final long IDT = MemoryLayout.RUNNER + 0x3000;
  private static final long PROGRAM = MemoryLayout.RUNNER + 0x1_0000;
  private static final long SERIAL_HANDLER = PROGRAM + 0x280;
  private static final long OTHER_HANDLER = PROGRAM + 0x2A0;
  private static final long VMCB = MemoryLayout.RUNNER + 0x3_0000;
  private static final long PML4 = MemoryLayout.RUNNER + 0x4_0000;
  private static final long PDPT = MemoryLayout.RUNNER + 0x4_1000;
  private static final long IO_PERMISSIONS = MemoryLayout.RUNNER + 0x7_0000;
  private static final long MSR_PERMISSIONS = MemoryLayout.RUNNER + 0x7_4000;

  private static final int SERIAL_VECTOR = 0x24;

  private HostTables() {}

  static void build(SharedMemory memory) {
    memory.put(PROGRAM, Programs.RUNNER.bytes());
    memory.put(GDT + 0x08, 0x00cf_9b00_0000_ffffL);
    memory.put(GDT + 0x10, 0x00cf_9300_0000_ffffL);
    memory.put(GDT + 0x18, 0x00af_9b00_0000_ffffL);
    for (int vector = 0; vector < 256; vector++) {
      long handler = vector == SERIAL_VECTOR ? SERIAL_HANDLER : OTHER_HANDLER;
      memory.put(
          IDT + 16L * vector,
          (handler & 0xffff) | 0x18L << 16 | 0x8e00L << 32 | (handler & 0xffff_0000L) << 32);
    }
    memory.put(PML4, PDPT | 0x23);
    for (long page = 0; page < 512; page++) {
      memory.put(PDPT + 8 * page, page << 30 | 0xe3);
    }
    fillControlBlock(memory);
  }

  /** Fills in what is the same for every probe (AMD APM vol. 2, appendix B). */
  private static void fillControlBlock(SharedMemory memory) {
    long everyException = 0xffff_ffffL;
    long shutdownAndHalt = 1L << 31 | 1L << 24;
    memory.put(VMCB + 0x008, everyException | shutdownAndHalt << 32);
    long vmrun = 0x1;
    memory.put(VMCB + 0x010, vmrun);
    memory.put(VMCB + 0x040, IO_PERMISSIONS);
    memory.put(VMCB + 0x048, MSR_PERMISSIONS);
    long asid = 1;
    long flushAll = 1L << 32;
    memory.put(VMCB + 0x058, asid | flushAll);
    memory.put(VMCB + 0x460, 0xffffL << 32);
    memory.put(VMCB + 0x480, 0);
    memory.put(VMCB + 0x560, 0x400);
    memory.put(VMCB + 0x568, 0xffff_0ff0L);
    memory.put(VMCB + 0x668, 0x0007_0406_0007_0406L);
  }
}
