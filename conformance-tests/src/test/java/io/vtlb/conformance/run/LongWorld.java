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
import java.util.ArrayList;
import java.util.List;

/**
 * Small worlds of 4-level paging for examples: one table at each level, each the first entry of the
 * one above; the first pages of the last are mapped as an example asks.
 *
 * <p>There is one machine of 16 guest frames; guest frame {@code f} is host frame {@code 0x100 +
 * f}.
 */
final class LongWorld {

  /** The first virtual CPU, at CPL 0. */
  static final Vcpu CPU = new Vcpu(0, 0);

  /** The second virtual CPU, at CPL 0 too, where an example asks for two. */
  static final Vcpu OTHER = new Vcpu(0, 1);

  /** Present, accessed, dirty and writable. */
  static final long SUPERVISOR = 0x63;

  /** Present, accessed, dirty, writable, for users too. */
  static final long USER = 0x67;

  /** The guest-physical address of the first table. */
  static final long ROOT = 0x1000;

  /** A guest frame of data. */
  static final int FRAME = 8;

  static final long CR0 = ControlState.CR0_PE | ControlState.CR0_PG | ControlState.CR0_WP;
  static final long EFER = ControlState.EFER_LME | ControlState.EFER_LMA | ControlState.EFER_NXE;

  private static final int LEVELS = 4;
  private static final int FRAMES = 16;

  private LongWorld() {}

  /**
   * A world whose processor caches nothing.
   *
   * @param cr4 bits of CR4 besides PAE
   * @param entries the entries of the last table, in order
   */
  static World of(long cr4, int vcpus, long... entries) {
    return of(Profile.GENERIC_64, cr4, vcpus, entries);
  }

  static World of(Profile profile, long cr4, int vcpus, long... entries) {
    ControlState control = new ControlState(CR0, ROOT, cr4 | ControlState.CR4_PAE, EFER);
    List<VcpuState> states = new ArrayList<>();
    for (int index = 0; index < vcpus; index++) {
      states.add(new VcpuState(control, 0));
    }
    List<Machine.Word> words = new ArrayList<>();
    for (int level = 1; level < LEVELS; level++) {
      put(words, ROOT * level, entry(level + 1, USER));
    }
    for (int index = 0; index < entries.length; index++) {
      put(words, entryAddress(index), entries[index]);
    }
    HostMap hostMap = new HostMap(List.of(new HostRange(0, 0x100, FRAMES)));
    return new World(
        "4-level",
        profile,
        new Caching(Caching.Policy.NEVER, 1),
        List.of(new Machine(states, hostMap, words)));
  }

  private static void put(List<Machine.Word> words, long address, long value) {
    words.add(new Machine.Word(address, (int) value));
    words.add(new Machine.Word(address + 4, (int) (value >>> 32)));
  }

  /** The guest-physical address of an entry of the last table. */
  static long entryAddress(int index) {
    return ROOT * LEVELS + index * 8L;
  }

  /** An entry that leads to a frame. */
  static long entry(int frame, long flags) {
    return (long) frame << 12 | flags;
  }

  /** An entry of a user page with a protection key. */
  static long keyed(int frame, int key) {
    return entry(frame, USER) | (long) key << 59;
  }
}
