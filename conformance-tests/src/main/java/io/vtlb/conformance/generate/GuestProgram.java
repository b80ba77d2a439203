package io.vtlb.conformance.generate;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Chooses the operations of one machine, one after the other: around a page in focus, and between
 * them the steps of shapes.
 *
 * <p>Its virtual CPUs take turns; a shootdown is an edit followed by an INVLPG on each.
 */
final class GuestProgram {

  private final Guest guest;
  private final Shapes shapes;
  private final SplittableRandom choices;

  GuestProgram(Guest guest, Shapes shapes) {
    this.guest = guest;
    this.shapes = shapes;
    this.choices = guest.choices;
  }

  /** The ingredient that the operations just chosen completed, if they did. */
  Optional<Ingredient> finished() {
    return shapes.finished();
  }

  /** The next operations: one, or as many as belong together. */
  List<? extends Operation> next() {
    if (shapes.any()) {
      boolean goesOn = shapes.inTheMiddle() ? !pauses() : choices.nextInt(5) == 0;
      if (goesOn && (shapes.inTheMiddle() || shapes.begin())) {
        return shapes.next().operations();
      }
    }
    return ordinary();
  }

  /**
   * Anything may happen between the steps of a shape, but a machine that is not there does nothing.
   */
  private boolean pauses() {
    return guest.host.isThere(guest.vm) && choices.nextInt(5) == 0;
  }

  private List<GuestOperation> ordinary() {
    if (guest.cpus.size() > 1 && choices.nextInt(5) == 0) {
      guest.cpu = guest.cpus.get(choices.nextInt(guest.cpus.size()));
    }
    if (choices.nextInt(5) == 0) {
      guest.focus.move();
    }
    int kind = choices.nextInt(100);
    if (kind < 43) {
      return List.of(guest.accesses.access(guest.cpu));
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
    if (kind < 90) {
      return privilegedAll(() -> guest.controls.writes(guest.cpu));
    }
    return List.of(kind < 96 ? unseenChange() : changePrivilege());
  }

  /**
   * What a TLB is there for: a page is used, its translation edited, something flushed that may
   * cover it, and the page used again.
   */
  private List<GuestOperation> remap() {
    List<GuestOperation> operations = new ArrayList<>(8);
    boolean byUser = guest.cpu.cpl == 3;
    operations.add(guest.accesses.access(guest.cpu));
    operations.addAll(edit());
    operations.addAll(
        choices.nextInt(3) == 0
            ? privileged(this::invalidate)
            : privilegedAll(() -> guest.controls.flush(guest.cpu)));
    if (byUser && choices.nextInt(4) != 0) {
      guest.cpu.cpl = 3;
      operations.add(new GuestOperation.ChangePrivilege(guest.cpu.name, 3));
    }
    operations.add(guest.accesses.access(guest.cpu));
    return operations;
  }

  private List<GuestOperation> edit() {
    Terrain edited = guest.editedTerrain();
    TableEdits.Edit edit = guest.edits.edit(guest.cpu.control, edited, guest.focus.path(edited));
    List<GuestOperation> operations = new ArrayList<>(4);
    if (guest.has(Feature.FOREIGN_STORES) && choices.nextInt(3) == 0) {
      store(edit, true, operations);
    } else {
      operations.addAll(
          privilegedAll(() -> {
            List<GuestOperation> stores = new ArrayList<>(2);
            store(edit, false, stores);
            return stores;
          }));
    }
    if (guest.cpus.size() > 1 && choices.nextInt(4) == 0) {
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
        ? new GuestOperation.ForeignStore(guest.cpu.name, physical, value, bytes)
        : Guest.windowStore(guest.cpu, physical, value, bytes);
  }

  /** Every virtual CPU invalidates the page in focus, as after an interrupt of another's. */
  private void shootDown(List<GuestOperation> operations) {
    CpuOutlook initiator = guest.cpu;
    for (CpuOutlook each : guest.cpus) {
      guest.cpu = each;
      operations.addAll(
          privileged(() -> new GuestOperation.InvalidatePage(guest.cpu.name, inFocus())));
    }
    guest.cpu = initiator;
  }

  /**
   * INVLPG, or where there is such a thing INVPCID; seldom INVPCID where there is not, but never if
   * the target does not serve it.
   */
  private GuestOperation invalidate() {
    int others =
        !guest.profile.has(Capability.INVPCID) ? 60 : guest.cpu.control.processContexts() ? 2 : 8;
    long address = inFocus();
    if (choices.nextInt(80) == 0) {
      address = guest.accesses.outside(address, guest.terrain().mode());
    }
    if (choices.nextInt(others) != 0 || !guest.has(Feature.PCID)) {
      return new GuestOperation.InvalidatePage(guest.cpu.name, address);
    }
    InvalidationType[] types = InvalidationType.values();
    int pcid = guest.cpu.control.processContexts() ? choices.nextInt(3) : choices.nextInt(20) / 19;
    return new GuestOperation.InvalidatePcid(
        guest.cpu.name, types[choices.nextInt(types.length)], pcid, address);
  }

  private long inFocus() {
    return guest.focus.address(guest.terrain(), 0);
  }

  /** EFLAGS.AC or PKRU changes, which no VMM sees, mostly where that may matter; else an access. */
  private GuestOperation unseenChange() {
    if (choices.nextInt(guest.cpu.control.protectionKeys() ? 2 : 30) == 0) {
      return new GuestOperation.WriteProtectionKeyRights(
          guest.cpu.name, WorldGenerator.pkru(choices));
    }
    if (guest.cpu.control.supervisorAccessPrevention()) {
      guest.cpu.alignmentCheck = !guest.cpu.alignmentCheck;
      return new GuestOperation.ChangeAlignmentCheck(guest.cpu.name, guest.cpu.alignmentCheck);
    }
    return guest.accesses.access(guest.cpu);
  }

  private GuestOperation changePrivilege() {
    guest.cpu.cpl =
        guest.cpu.cpl == 3
            ? choices.nextInt(8) == 0 ? choices.nextInt(4) : 0
            : choices.nextInt(6) == 0 ? choices.nextInt(3) : 3;
    return new GuestOperation.ChangePrivilege(guest.cpu.name, guest.cpu.cpl);
  }

  private List<GuestOperation> privileged(Supplier<GuestOperation> operation) {
    return privilegedAll(() -> List.of(operation.get()));
  }

  /** Mostly goes to CPL 0 before what needs it; sometimes tries without. */
  private List<GuestOperation> privilegedAll(Supplier<List<GuestOperation>> operations) {
    if (guest.cpu.cpl == 0 || choices.nextInt(10) == 0) {
      return operations.get();
    }
    guest.cpu.cpl = 0;
    List<GuestOperation> all = new ArrayList<>(4);
    all.add(new GuestOperation.ChangePrivilege(guest.cpu.name, 0));
    all.addAll(operations.get());
    return all;
  }
}
