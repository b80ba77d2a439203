package io.vtlb.conformance.smoke;

import io.vtlb.conformance.smoke.Check.Part;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.Description;
import java.util.ArrayList;
import java.util.List;

/** What a whole machine (level 1) is asked. */
final class MachineChecks {

  private static final Vcpu CPU = new Vcpu(0, 0);

  private final SmallGuest guest;
  private final List<Check> checks = new ArrayList<>();

  private MachineChecks(SmallGuest guest) {
    this.guest = guest;
  }

  /** A machine comes into being, and nothing else. */
  static Check create(Description target) {
    SmallGuest guest = new SmallGuest(PagingMode.of(Checks.mode(target)));
    return Check.of(
        new Part(
            Message.of(Question.CREATE),
            "one machine of one virtual CPU",
            "The machine is set up: its control state, the memory behind its frames."),
        guest.world(1, 1));
  }

  /** The first operation. */
  static Check load(Description target) {
    MachineChecks first = new MachineChecks(new SmallGuest(PagingMode.of(Checks.mode(target))));
    first.add(
        "load",
        "from a page with memory behind it",
        "The guest sees the value that its memory holds there.",
        new Load(CPU, first.guest.data()));
    return first.checks.getFirst();
  }

  static List<Check> further(Description target) {
    SmallGuest guest = new SmallGuest(PagingMode.of(Checks.mode(target)));
    MachineChecks further = new MachineChecks(guest);
    Load load = new Load(CPU, guest.data());
    if (guest.hasTables()) {
      further.add(
          "load",
          "from a page that the guest does not map",
          "The guest sees a page fault, with error code and address.",
          new Load(CPU, guest.absent()));
    }
    further.add(
        "load",
        "from a frame without memory",
        "The access reaches a device.",
        new Load(CPU, guest.device()));
    further.add(
        "store",
        "to a page with memory behind it",
        "The store is done, and what it wrote is there afterwards.",
        new Store(CPU, guest.data(), 1),
        load);
    further.add(
        "invlpg",
        "of a page",
        "It completes; nothing old of the page is used from then on.",
        load,
        new InvalidatePage(CPU, guest.data()),
        load);
    further.add(
        "write-control",
        "CR3: other tables are loaded",
        "It completes; addresses are translated by the new tables.",
        load,
        new WriteControl(CPU, ControlRegister.CR3, guest.otherRoot()),
        load);
    return further.checks;
  }

  private void add(String word, String about, String expected, Operation... operations) {
    checks.add(
        Check.of(
            new Part(new Message(Question.PERFORM, word), about, expected),
            guest.world(1, 1),
            operations));
  }
}
