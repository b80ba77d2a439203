package io.vtlb.model.monitor;

import io.vtlb.model.control.PdpteLoad;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collections;
import java.util.List;

/**
 * A machine whose guest uses entries of eight bytes, in any mode that has them.
 *
 * <p>Two trees of tables lead to one table each; an example writes their entries. It has 128 frames
 * from 0, two 2 MiB pages' worth from {@link #FRAME_2M}, two 1 GiB pages' worth from {@link
 * #FRAME_1G}, 16 from {@link #FRAME_4G}, and nothing else.
 */
public final class LongGuest {

  /** The root of 4-level paging, and where PAE paging loads its registers from. */
  public static final long ROOT = 0x10;

  /** The root of the other tree. */
  public static final long OTHER_ROOT = 0x11;

  /** The table of PDPTEs. */
  public static final long POINTERS = 0x12;

  /** The table of PDEs. */
  public static final long DIRECTORY = 0x13;

  /** The table of PTEs. */
  public static final long TABLE = 0x14;

  public static final long OTHER_POINTERS = 0x15;
  public static final long OTHER_DIRECTORY = 0x16;
  public static final long OTHER_TABLE = 0x17;

  /** The root of 5-level paging. */
  public static final long FIFTH = 0x18;

  public static final long FRAME = 0x20;
  public static final long OTHER_FRAME = 0x21;
  public static final long FRAME_2M = 0x400;
  public static final long OTHER_FRAME_2M = 0x600;
  public static final long FRAME_1G = 0x40000;
  public static final long OTHER_FRAME_1G = 0x80000;

  /** The first of 16 frames that 32 bits of address do not reach. */
  public static final long FRAME_4G = 0x100000;

  /** A frame with no memory behind it. */
  public static final long DEVICE_FRAME = 0x3000;

  private static final long EFER_LONG =
      ControlState.EFER_LME | ControlState.EFER_LMA | ControlState.EFER_NXE;

  /** 4-level paging with CR0.WP, CR4.PGE and IA32_EFER.NXE, without PCIDs. */
  public static final ControlState FOUR_LEVEL =
      new ControlState(
          ControlState.CR0_PE | ControlState.CR0_PG | ControlState.CR0_WP,
          PageSize.address(ROOT, 0),
          ControlState.CR4_PAE | ControlState.CR4_PGE,
          EFER_LONG);

  /** The same with 5-level paging. */
  public static final ControlState FIVE_LEVEL =
      new ControlState(
          FOUR_LEVEL.cr0(),
          PageSize.address(FIFTH, 0),
          FOUR_LEVEL.cr4() | ControlState.CR4_LA57,
          EFER_LONG);

  /** 4-level paging with PCIDs, the first of them in use. */
  public static final ControlState CONTEXTS = with(FOUR_LEVEL, ControlState.CR4_PCIDE);

  /** Without paging; setting CR0.PG turns 4-level paging on. */
  public static final ControlState UNPAGED =
      new ControlState(
          ControlState.CR0_PE | ControlState.CR0_WP,
          FOUR_LEVEL.cr3(),
          FOUR_LEVEL.cr4(),
          EFER_LONG & ~ControlState.EFER_LMA);

  private static final String LETTERS = "PWU..ADLG";
  private static final long EXECUTE_DISABLE = 1L << 63;
  private static final int KEY_SHIFT = 59;
  private static final long HOST_FRAMES_EACH = 0x100_0000;

  private final int vm;
  private final HostMap hostMap;
  private final GuestPhysicalMemory memory;

  /** A machine with a number of its own, whose two trees map no page yet. */
  public LongGuest(int vm) {
    this.vm = vm;
    long host = vm * HOST_FRAMES_EACH;
    this.hostMap =
        new HostMap(
            List.of(
                new HostRange(0, host + 0x100, 0x80),
                new HostRange(FRAME_2M, host + 0x1400, 2L * PageSize.LARGE_2M),
                new HostRange(FRAME_1G, host + 0x40000, 2L * PageSize.LARGE_1G),
                new HostRange(FRAME_4G, host + 0x100000, 0x10)));
    this.memory = new GuestPhysicalMemory(vm, hostMap);
    put(FIFTH, 0, entry(ROOT, "PWUA"));
    put(ROOT, 0, entry(POINTERS, "PWUA"));
    put(POINTERS, 0, entry(DIRECTORY, "PWUA"));
    put(DIRECTORY, 0, entry(TABLE, "PWUA"));
    put(OTHER_ROOT, 0, entry(OTHER_POINTERS, "PWUA"));
    put(OTHER_POINTERS, 0, entry(OTHER_DIRECTORY, "PWUA"));
    put(OTHER_DIRECTORY, 0, entry(OTHER_TABLE, "PWUA"));
  }

  public GuestPhysicalMemory memory() {
    return memory;
  }

  public HostMap hostMap() {
    return hostMap;
  }

  /** The host frame behind a guest frame. */
  public long host(long frame) {
    return hostMap.hostFrame(frame);
  }

  /** What a VMM is told of this machine, with virtual CPUs that start alike at CPL 0. */
  public VmBlueprint blueprint(int vcpus, ControlState control, Profile profile) {
    return new VmBlueprint(
        vm, Collections.nCopies(vcpus, new VmBlueprint.VcpuState(control, 0)), hostMap, profile);
  }

  /** The entry of a table as memory has it. */
  public long entry(long table, int index) {
    return memory.read(address(table, index), Long.BYTES);
  }

  /** Writes an entry of a table. */
  public LongGuest put(long table, int index, long entry) {
    memory.store(address(table, index), Long.BYTES, entry);
    return this;
  }

  /** PAE paging from {@link #ROOT}, whose four entries are loaded now. */
  public ControlState pae() {
    put(ROOT, 0, entry(DIRECTORY, "P"));
    ControlState control =
        new ControlState(
            FOUR_LEVEL.cr0(), FOUR_LEVEL.cr3(), FOUR_LEVEL.cr4(), ControlState.EFER_NXE);
    return PdpteLoad.of(control, Profile.GENERIC_64, memory).map(control::with).orElseThrow();
  }

  /** The same state with more bits of CR4. */
  public static ControlState with(ControlState control, long cr4) {
    return new ControlState(
        control.cr0(), control.cr3(), control.cr4() | cr4, control.efer(), control.pdptes());
  }

  /**
   * An entry that names a frame.
   *
   * @param flags any of P, W (R/W), U (U/S), A, D, L (PS), G and X (execute-disable)
   */
  public static long entry(long frame, String flags) {
    long entry = PageSize.address(frame, 0);
    for (int i = 0; i < flags.length(); i++) {
      char flag = flags.charAt(i);
      entry |= flag == 'X' ? EXECUTE_DISABLE : 1L << bit(flag);
    }
    return entry;
  }

  /** A leaf with a protection key. */
  public static long entry(long frame, String flags, int key) {
    return entry(frame, flags) | (long) key << KEY_SHIFT;
  }

  private static int bit(char flag) {
    int bit = LETTERS.indexOf(flag);
    if (bit < 0) {
      throw new IllegalArgumentException("no such flag: " + flag);
    }
    return bit;
  }

  /** The guest-physical address of an entry of a table. */
  public static long address(long table, int index) {
    return PageSize.address(table, Long.BYTES * index);
  }
}
