package io.vtlb.conformance.generate;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.trace.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Chooses the operations of one machine, one after the other, around a page in focus.
 *
 * <p>It remembers what it wrote to its tables, so that an edit can be a small change, but it
 * executes nothing. Its virtual CPUs take turns; a shootdown is an edit followed by an INVLPG on
 * each.
 */
final class GuestProgram {

  private final SplittableRandom choices;
  private final Profile profile;
  private final boolean foreignStores;
  private final WrittenWords written = new WrittenWords();
  private final List<CpuOutlook> cpus = new ArrayList<>();
  private final TableEdits edits;
  private final ControlChoice controls;
  private final Focus focus;
  private final AccessChoice accesses;
  private CpuOutlook cpu;

  GuestProgram(
      SplittableRandom choices,
      int vm,
      Machine machine,
      Profile profile,
      boolean foreignStores,
      boolean changesModes) {
    this.choices = choices;
    this.profile = profile;
    this.foreignStores = foreignStores;
    for (int index = 0; index < machine.vcpus().size(); index++) {
      cpus.add(new CpuOutlook(new Vcpu(vm, index), machine.vcpus().get(index)));
    }
    cpu = cpus.getFirst();
    machine.words().forEach(written::store);
    edits = new TableEdits(choices, profile, written);
    controls = new ControlChoice(choices, profile, written, changesModes);
    focus = new Focus(choices);
    accesses = new AccessChoice(choices, focus);
  }

  /** The next operations: one, or as many as belong together. */
  List<GuestOperation> next() {
    if (cpus.size() > 1 && choices.nextInt(5) == 0) {
      cpu = cpus.get(choices.nextInt(cpus.size()));
    }
    if (choices.nextInt(5) == 0) {
      focus.move();
    }
    int kind = choices.nextInt(100);
    if (kind < 43) {
      return List.of(accesses.access(cpu));
    }
    if (kind < 65) {
      return edit();
    }
    if (kind < 73) {
      return remap();
    }
    if (kind < 82) {
      return privileged(this::invalidate);
    }
    if (kind < 91) {
      return privilegedAll(() -> controls.writes(cpu));
    }
    return List.of(kind < 95 ? unseenChange() : changePrivilege());
  }

  private Terrain terrain() {
    return Terrain.of(PagingMode.of(cpu.control));
  }

  /**
   * What a TLB is there for: a page is used, its translation edited, something flushed that may
   * cover it, and the page used again.
   */
  private List<GuestOperation> remap() {
    List<GuestOperation> operations = new ArrayList<>(8);
    boolean byUser = cpu.cpl == 3;
    operations.add(accesses.access(cpu));
    operations.addAll(edit());
    operations.addAll(
        choices.nextInt(3) == 0
            ? privileged(this::invalidate)
            : privilegedAll(() -> controls.flush(cpu)));
    if (byUser && choices.nextInt(4) != 0) {
      cpu.cpl = 3;
      operations.add(new GuestOperation.ChangePrivilege(cpu.name, 3));
    }
    operations.add(accesses.access(cpu));
    return operations;
  }

  private List<GuestOperation> edit() {
    Terrain terrain = terrain();
    Terrain edited = terrain.depths() == 0 ? Terrain.FOUR_LEVEL : terrain;
    TableEdits.Edit edit = edits.edit(cpu.control, focus.path(edited));
    List<GuestOperation> operations = new ArrayList<>(4);
    if (foreignStores && choices.nextInt(3) == 0) {
      store(edit, true, operations);
    } else {
      operations.addAll(
          privilegedAll(() -> {
            List<GuestOperation> stores = new ArrayList<>(2);
            store(edit, false, stores);
            return stores;
          }));
    }
    if (cpus.size() > 1 && choices.nextInt(4) == 0) {
      shootDown(operations);
    }
    return operations;
  }

  /** Writes an edit at once, or seldom in two halves. */
  private void store(TableEdits.Edit edit, boolean foreign, List<GuestOperation> operations) {
    if (edit.bytes() == Long.BYTES && choices.nextInt(10) == 0) {
      operations.add(store(edit.address(), edit.value() & 0xFFFF_FFFFL, 4, foreign));
      operations.add(store(edit.address() + 4, edit.value() >>> Integer.SIZE, 4, foreign));
    } else {
      operations.add(store(edit.address(), edit.value(), edit.bytes(), foreign));
    }
  }

  private GuestOperation store(long physical, long value, int bytes, boolean foreign) {
    return foreign
        ? new GuestOperation.ForeignStore(cpu.name, physical, value, bytes)
        : new GuestOperation.Store(
            cpu.name,
            terrain().depths() == 0 ? physical : terrain().windowAddress(physical),
            value,
            bytes);
  }

  /** Every virtual CPU invalidates the page in focus, as after an interrupt of another's. */
  private void shootDown(List<GuestOperation> operations) {
    CpuOutlook initiator = cpu;
    for (CpuOutlook each : cpus) {
      cpu = each;
      operations.addAll(privileged(() -> new GuestOperation.InvalidatePage(cpu.name, inFocus())));
    }
    cpu = initiator;
  }

  /** INVLPG, or where there is such a thing INVPCID; seldom INVPCID where there is not. */
  private GuestOperation invalidate() {
    int others = !profile.has(Capability.INVPCID) ? 60 : cpu.control.processContexts() ? 2 : 8;
    long address = inFocus();
    if (choices.nextInt(80) == 0) {
      address = accesses.outside(address, terrain().mode());
    }
    if (choices.nextInt(others) != 0) {
      return new GuestOperation.InvalidatePage(cpu.name, address);
    }
    InvalidationType[] types = InvalidationType.values();
    int pcid = cpu.control.processContexts() ? choices.nextInt(3) : choices.nextInt(20) / 19;
    return new GuestOperation.InvalidatePcid(
        cpu.name, types[choices.nextInt(types.length)], pcid, address);
  }

  private long inFocus() {
    return focus.address(terrain(), 0);
  }

  /** EFLAGS.AC or PKRU changes, which no VMM sees, mostly where that may matter; else an access. */
  private GuestOperation unseenChange() {
    if (choices.nextInt(cpu.control.protectionKeys() ? 2 : 30) == 0) {
      return new GuestOperation.WriteProtectionKeyRights(cpu.name, WorldGenerator.pkru(choices));
    }
    if (cpu.control.supervisorAccessPrevention()) {
      cpu.alignmentCheck = !cpu.alignmentCheck;
      return new GuestOperation.ChangeAlignmentCheck(cpu.name, cpu.alignmentCheck);
    }
    return accesses.access(cpu);
  }

  private GuestOperation changePrivilege() {
    cpu.cpl =
        cpu.cpl == 3
            ? choices.nextInt(8) == 0 ? choices.nextInt(4) : 0
            : choices.nextInt(6) == 0 ? choices.nextInt(3) : 3;
    return new GuestOperation.ChangePrivilege(cpu.name, cpu.cpl);
  }

  private List<GuestOperation> privileged(Supplier<GuestOperation> operation) {
    return privilegedAll(() -> List.of(operation.get()));
  }

  /** Mostly goes to CPL 0 before what needs it; sometimes tries without. */
  private List<GuestOperation> privilegedAll(Supplier<List<GuestOperation>> operations) {
    if (cpu.cpl == 0 || choices.nextInt(10) == 0) {
      return operations.get();
    }
    cpu.cpl = 0;
    List<GuestOperation> all = new ArrayList<>(4);
    all.add(new GuestOperation.ChangePrivilege(cpu.name, 0));
    all.addAll(operations.get());
    return all;
  }
}
