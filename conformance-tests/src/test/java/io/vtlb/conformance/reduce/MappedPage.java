package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Worlds of any mode in which pages are mapped, each with tables of its own below the root. */
final class MappedPage {

  static final Vcpu CPU = new Vcpu(0, 0);
  static final long ROOT = 0x1000;

  private static final long FLAGS = 0x67;
  private static final int FRAMES = 64;

  private final PagingMode mode;
  private final TreeMap<Long, Integer> words = new TreeMap<>();
  private final Map<Long, Long> entries = new HashMap<>();
  private long nextTable = ROOT + PageSize.BASE_BYTES;

  MappedPage(PagingMode mode) {
    this.mode = mode;
  }

  /** Maps a page, numbered in 4 KiB, to a frame. */
  MappedPage map(long page, long frame) {
    long table = ROOT;
    for (Level level : mode.levels()) {
      long address = table + (long) level.index(page) * mode.format().bytes();
      boolean leaf = level.leaf() == Level.LeafRule.ALWAYS;
      if (leaf) {
        put(address, PageSize.address(frame, 0) | FLAGS);
      } else if (!entries.containsKey(address)) {
        put(address, nextTable | (level.inMemory() ? FLAGS : 1));
        nextTable += PageSize.BASE_BYTES;
      }
      table = entries.getOrDefault(address, 0L) & -PageSize.BASE_BYTES;
    }
    return this;
  }

  private void put(long address, long entry) {
    entries.put(address, entry);
    words.put(address, (int) entry);
    if (mode.format().bytes() > 4) {
      words.put(address + 4, (int) (entry >>> 32));
    }
  }

  /** The guest-physical address of the last entry of the walk for a page. */
  long leafAddress(long page) {
    return walk(world(), page).last().address();
  }

  World world() {
    List<Long> registers = new ArrayList<>();
    for (int index = 0; index < PdpteRegisters.COUNT; index++) {
      registers.add(entries.getOrDefault(ROOT + index * 8L, 0L));
    }
    ControlState control =
        new ControlState(
            0x8001_0001L,
            ROOT,
            (mode.format().bytes() > 4 ? ControlState.CR4_PAE : 0)
                | (mode.equals(PagingMode.FIVE_LEVEL) ? ControlState.CR4_LA57 : 0),
            mode.signExtended() ? ControlState.EFER_LME | ControlState.EFER_LMA : 0,
            mode.equals(PagingMode.PAE) ? new PdpteRegisters(registers) : PdpteRegisters.NONE);
    return new World(
        mode.name(),
        Profile.GENERIC_64,
        new Caching(Caching.Policy.NEVER, 0),
        List.of(
            new Machine(
                List.of(new VcpuState(control, 0)),
                new HostMap(List.of(new HostRange(0, 0x100, FRAMES))),
                words.entrySet().stream()
                    .map(word -> new Machine.Word(word.getKey(), word.getValue()))
                    .toList())));
  }

  /** Where an address leads in the world of a sequence, before anything is done in it. */
  static OptionalLong physical(Sequence sequence, long address) {
    return walk(sequence.world(), PageSize.page(address)).end()
            instanceof GuestWalk.End.Reached(var translation)
        ? OptionalLong.of(
            PageSize.address(translation.frame(PageSize.page(address)), PageSize.offset(address)))
        : OptionalLong.empty();
  }

  static GuestWalk walk(World world, long page) {
    Machine machine = world.machines().getFirst();
    GuestPhysicalMemory memory = new GuestPhysicalMemory(0, machine.hostMap());
    machine.words().forEach(word -> memory.write(word.physicalAddress(), word.value()));
    ControlState control = machine.vcpus().getFirst().control();
    return new Walker(world.profile()).walk(memory, control.with(ControlRegister.CR3, ROOT), page);
  }
}
