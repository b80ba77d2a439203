package io.vtlb.conformance.generate;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.trace.Machine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Chooses the operations of one machine, one after the other, around a page in focus.
 *
 * <p>It remembers what it wrote to its tables, so that an edit can be a small change, but it
 * executes nothing.
 */
final class GuestProgram {

  private static final int[] OFFSETS = {0, 4, 0xFFC};

  private final SplittableRandom choices;
  private final Terrain terrain = Terrain.USUAL;
  private final EntryChoice entries;
  private final Vcpu vcpu;
  private final boolean foreignStores;
  private final Map<Long, Integer> written = new HashMap<>();
  private ControlState control;
  private int cpl;
  private int directoryIndex;
  private int tableIndex;

  GuestProgram(SplittableRandom choices, Vcpu vcpu, Machine machine, boolean foreignStores) {
    this.choices = choices;
    this.entries = new EntryChoice(choices, terrain);
    this.vcpu = vcpu;
    this.foreignStores = foreignStores;
    this.control = machine.vcpus().getFirst().control();
    this.cpl = machine.vcpus().getFirst().cpl();
    machine.words().forEach(word -> written.put(word.physicalAddress(), word.value()));
    refocus();
  }

  /** The next operations: one, or two where one has to be made possible first. */
  List<GuestOperation> next() {
    if (choices.nextInt(5) == 0) {
      refocus();
    }
    int kind = choices.nextInt(100);
    if (kind < 46) {
      return List.of(access());
    }
    if (kind < 70) {
      return edit();
    }
    if (kind < 80) {
      return privileged(() -> new GuestOperation.InvalidatePage(vcpu, focus(0)));
    }
    if (kind < 92) {
      return privileged(this::writeControl);
    }
    return List.of(changePrivilege());
  }

  private void refocus() {
    directoryIndex = pick(Terrain.DIRECTORY_INDICES);
    tableIndex = pick(Terrain.TABLE_INDICES);
  }

  private long focus(int offset) {
    return Terrain.linear(directoryIndex, tableIndex, offset);
  }

  private GuestOperation access() {
    long address = focus(pick(OFFSETS));
    if (choices.nextInt(12) == 0) {
      address = Terrain.linear(pick(Terrain.DIRECTORY_INDICES), pick(Terrain.TABLE_INDICES), 0);
    }
    return switch (choices.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> new GuestOperation.Load(vcpu, address);
      case 9, 10, 11 -> new GuestOperation.Fetch(vcpu, address);
      default -> new GuestOperation.Store(vcpu, address, choices.nextInt(1 << 8));
    };
  }

  /**
   * Edits the directory or table entry that the page in focus is translated by, under some root.
   */
  private List<GuestOperation> edit() {
    int root = chooseRoot();
    long address;
    boolean directory = choices.nextInt(100) < 35;
    if (directory) {
      address = Terrain.entryAddress(root, directoryIndex);
    } else {
      int entry = written.getOrDefault(Terrain.entryAddress(root, directoryIndex), 0);
      int table = entry >>> 12;
      boolean usable = terrain.tables().contains(table) && choices.nextInt(8) != 0;
      address =
          Terrain.entryAddress(
              usable ? table : terrain.tables().get(choices.nextInt(terrain.tables().size())),
              tableIndex);
    }
    int value = entries.edited(written.getOrDefault(address, 0), directory);
    written.put(address, value);
    long word = Integer.toUnsignedLong(value);
    return foreignStores && choices.nextInt(3) == 0
        ? List.of(new GuestOperation.ForeignStore(vcpu, address, word))
        : privileged(() -> new GuestOperation.Store(vcpu, Terrain.windowAddress(address), word));
  }

  private int chooseRoot() {
    int current = (int) (control.cr3() >>> 12);
    return choices.nextInt(4) == 0
        ? terrain.roots().get(choices.nextInt(terrain.roots().size()))
        : current;
  }

  private GuestOperation writeControl() {
    int kind = choices.nextInt(12);
    if (kind < 6) {
      return load(ControlRegister.CR3, (long) chooseRoot() << 12);
    }
    if (kind < 9) {
      return load(ControlRegister.CR4, control.cr4() ^ ControlState.CR4_PGE);
    }
    return kind < 10
        ? load(ControlRegister.CR4, control.cr4() ^ ControlState.CR4_PSE)
        : load(ControlRegister.CR0, control.cr0() ^ ControlState.CR0_WP);
  }

  private GuestOperation load(ControlRegister register, long value) {
    if (cpl == 0) {
      control = control.with(register, value);
    }
    return new GuestOperation.WriteControl(vcpu, register, value);
  }

  private GuestOperation changePrivilege() {
    cpl =
        cpl == 3
            ? choices.nextInt(8) == 0 ? choices.nextInt(4) : 0
            : choices.nextInt(6) == 0 ? choices.nextInt(3) : 3;
    return new GuestOperation.ChangePrivilege(vcpu, cpl);
  }

  /** Mostly goes to CPL 0 before what needs it; sometimes tries without. */
  private List<GuestOperation> privileged(Supplier<GuestOperation> operation) {
    if (cpl == 0 || choices.nextInt(10) == 0) {
      return List.of(operation.get());
    }
    cpl = 0;
    return List.of(new GuestOperation.ChangePrivilege(vcpu, 0), operation.get());
  }

  private int pick(int[] from) {
    return from[choices.nextInt(from.length)];
  }
}
