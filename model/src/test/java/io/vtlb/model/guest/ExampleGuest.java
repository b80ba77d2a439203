package io.vtlb.model.guest;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collections;
import java.util.List;

/**
 * A machine whose guest uses 32-bit paging, with tables that an example puts together entry by
 * entry.
 *
 * <p>It has 64 frames from 0, two large pages' worth from {@link #LARGE_FRAME}, and nothing else.
 */
public final class ExampleGuest {

  public static final long ROOT = 0x10;
  public static final long OTHER_ROOT = 0x11;
  public static final long TABLE = 0x12;
  public static final long OTHER_TABLE = 0x13;
  public static final long FRAME = 0x20;
  public static final long OTHER_FRAME = 0x21;

  /** The first of 1024 frames that a 4 MiB page can map. */
  public static final long LARGE_FRAME = 0x400;

  /** The first of 1024 more. */
  public static final long OTHER_LARGE_FRAME = 0x800;

  /** A frame with no memory behind it. */
  public static final long DEVICE_FRAME = 0x3000;

  /** Paging with CR0.WP, CR4.PSE and CR4.PGE set. */
  public static final ControlState CONTROL =
      new ControlState(
          ControlState.CR0_PE | ControlState.CR0_PG | ControlState.CR0_WP,
          PageSize.address(ROOT, 0),
          ControlState.CR4_PSE | ControlState.CR4_PGE,
          0);

  public static final Walker WALKER = new Walker(Profile.GENERIC_32);

  private static final long HOST_FRAMES_EACH = 0x10000;

  private final int vm;
  private final HostMap hostMap;
  private final GuestPhysicalMemory memory;

  /** A machine with a number of its own, which no table of its guest translates yet. */
  public ExampleGuest(int vm) {
    this.vm = vm;
    long host = vm * HOST_FRAMES_EACH;
    this.hostMap =
        new HostMap(
            List.of(
                new HostRange(0, host + 0x100, 0x40),
                new HostRange(LARGE_FRAME, host + 0x1400, 2L * PageSize.LARGE_4M)));
    this.memory = new GuestPhysicalMemory(vm, hostMap);
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
  public VmBlueprint blueprint(int vcpus, ControlState control) {
    return new VmBlueprint(
        vm,
        Collections.nCopies(vcpus, new VmBlueprint.VcpuState(control, 0)),
        hostMap,
        WALKER.profile());
  }

  /** Writes an entry of a table: a frame and the letters of {@link GuestEntry}. */
  public ExampleGuest entry(long table, int index, long frame, String flags) {
    memory.write(address(table, index), GuestEntry.of(frame, flags));
    return this;
  }

  /** The guest-physical address of an entry of a table. */
  public static long address(long table, int index) {
    return PageSize.address(table, 4 * index);
  }

  /** The linear page that two indices select. */
  public static long page(int directoryIndex, int tableIndex) {
    return (long) directoryIndex * PageSize.LARGE_4M + tableIndex;
  }
}
