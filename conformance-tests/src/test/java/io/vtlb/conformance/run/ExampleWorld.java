package io.vtlb.conformance.run;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Small worlds for examples: each machine's directory leads to one table, whose first pages are
 * mapped as an example asks.
 *
 * <p>Each machine has 16 guest frames; guest frame {@code f} of machine {@code vm} is host frame
 * {@code 0x100 * (vm + 1) + f}.
 */
public final class ExampleWorld {

  /** The virtual CPU of the first machine. */
  public static final Vcpu CPU = new Vcpu(0, 0);

  /** Present, accessed and dirty. */
  public static final int SUPERVISOR_READ = 0x61;

  /** Present, accessed, dirty and writable. */
  public static final int SUPERVISOR = 0x63;

  /** Present, accessed, dirty, writable, for users too. */
  public static final int USER = 0x67;

  /** The guest frame of the directory. */
  public static final int ROOT = 1;

  /** The guest frame of the table. */
  public static final int TABLE = 2;

  /** A guest frame of data. */
  public static final int FRAME = 4;

  private static final long CONTROL_0 =
      ControlState.CR0_PE | ControlState.CR0_PG | ControlState.CR0_WP;
  private static final int FRAMES = 16;

  private ExampleWorld() {}

  /** A world of these machines whose processor caches nothing. */
  public static World of(Machine... machines) {
    return caching(Caching.Policy.NEVER, machines);
  }

  /** A world of these machines whose processor caches so. */
  public static World caching(Caching.Policy policy, Machine... machines) {
    return new World("32-bit", Profile.GENERIC_32, new Caching(policy, 1), List.of(machines));
  }

  /**
   * A machine.
   *
   * @param entries the entries of its table, in order
   */
  public static Machine machine(int vm, int cpl, int... entries) {
    List<Machine.Word> words =
        IntStream.rangeClosed(0, entries.length)
            .mapToObj(i ->
                i == 0
                    ? new Machine.Word(ROOT << 12, entry(TABLE, USER))
                    : new Machine.Word(entryAddress(i - 1), entries[i - 1]))
            .toList();
    return new Machine(
        List.of(new VcpuState(new ControlState(CONTROL_0, ROOT << 12, 0, 0), cpl)),
        new HostMap(List.of(new HostRange(0, hostFrame(vm, 0), FRAMES))),
        words);
  }

  /** The guest-physical address of an entry of the table. */
  public static long entryAddress(int index) {
    return (TABLE << 12) + index * 4L;
  }

  /** An entry that leads to a frame. */
  public static int entry(int frame, int flags) {
    return frame << 12 | flags;
  }

  /** The host frame behind a guest frame of a machine. */
  public static long hostFrame(int vm, int frame) {
    return 0x100L * (vm + 1) + frame;
  }
}
