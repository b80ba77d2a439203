package io.vtlb.conformance.smoke;

import io.vtlb.conformance.smoke.Check.Part;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a virtual TLB is asked, from the simplest on. */
final class Checks {

  private static final Vcpu CPU = new Vcpu(0, 0);
  private static final Vcpu SECOND_CPU = new Vcpu(0, 1);
  private static final Vcpu SECOND_VM = new Vcpu(1, 0);

  /** The simplest first. */
  private static final List<Paging> MODES =
      List.of(Paging.TWO_LEVEL, Paging.FOUR_LEVEL, Paging.PAE, Paging.FIVE_LEVEL, Paging.NONE);

  private static final Message PAGE_FAULT = Message.event("page-fault");
  private static final Message ENTRIES = Message.of(Question.ENTRIES);
  private static final Message CREATE = Message.of(Question.CREATE);

  private Checks() {}

  /** The mode that most is asked in. */
  static Paging mode(Description target) {
    return MODES.stream().filter(target::serves).findFirst().orElseThrow();
  }

  /** A machine comes into being, and nothing else. */
  static Check create(Description target) {
    SmallGuest guest = new SmallGuest(PagingMode.of(mode(target)));
    return Check.of(
            new Part(
                ENTRIES,
                "a machine that is new",
                "Nothing has happened yet, so the active structure of each privilege set is empty."),
            guest.world(1, 1))
        .after(
            new Part(
                CREATE,
                "one machine of one virtual CPU, " + words(guest.mode()),
                "The machine is set up: its control state, the memory behind its frames."));
  }

  /** The first fault. */
  static Check firstFault(Description target) {
    SmallGuest guest = new SmallGuest(PagingMode.of(mode(target)));
    Part entries =
        new Part(
            ENTRIES,
            "after the fault was resolved",
            "The page is there, with the host frame behind its guest frame and no more rights than"
                + " the guest's tables grant; without 'w' as long as D is clear.");
    Part fault =
        new Part(
            PAGE_FAULT,
            "a load from a page with memory behind it",
            guest.hasTables()
                ? "The guest's tables map the page and grant the load. So A is set in each of the"
                    + " guest's entries that lead there, an entry is made that lets the load"
                    + " complete, and the guest resumes."
                : "Without paging, linear addresses are physical. So an entry is made that maps the"
                    + " page to the host frame behind it, and the guest resumes.");
    return Check.of(entries, guest.world(1, 1), new Load(CPU, guest.data())).after(fault);
  }

  /** Everything else, declared or not. */
  static List<Check> further(Description target) {
    SmallGuest guest = new SmallGuest(PagingMode.of(mode(target)));
    List<Check> checks = new ArrayList<>(faults(guest));
    checks.add(invalidation(guest));
    checks.addAll(ControlChecks.of(guest, target));
    checks.addAll(machines(guest));
    checks.addAll(memory(guest));
    checks.addAll(HostChecks.of(guest));
    checks.addAll(otherModes(guest));
    return checks;
  }

  private static List<Check> faults(SmallGuest guest) {
    List<Check> checks = new ArrayList<>();
    if (guest.hasTables()) {
      checks.add(
          Check.of(
              new Part(
                  PAGE_FAULT,
                  "a load from a page that the guest does not map",
                  "The guest would have had this fault without a VMM: it is handed over, with the"
                      + " error code that the guest's own tables give, and the address. A is set in"
                      + " no entry that was not used."),
              guest.world(1, 1),
              new Load(CPU, guest.absent())));
    }
    checks.add(
        Check.of(
            new Part(
                PAGE_FAULT,
                "a store after a load from the same page",
                guest.hasTables()
                    ? "The guest's tables grant the store. So D is set in the last entry, too, and"
                        + " the page gets the right to write. What a processor holds of the old"
                        + " entry is dropped."
                    : "The page may be written."),
            guest.world(1, 1),
            new Load(CPU, guest.data()),
            new Store(CPU, guest.data(), 1)));
    checks.add(
        Check.of(
            new Part(
                PAGE_FAULT,
                "a load from a frame without memory",
                "No range of the host map has the guest frame: somebody else emulates a device"
                    + " there, and no entry is made."),
            guest.world(1, 1),
            new Load(CPU, guest.device())));
    return checks;
  }

  private static Check invalidation(SmallGuest guest) {
    Part invlpg =
        new Part(
            Message.event("invlpg"),
            guest.hasTables() ? "after a page was mapped elsewhere" : "without paging",
            "What is held of the page is forgotten: the entry is gone, or as the guest's tables say"
                + " now, and processors drop the page.");
    if (!guest.hasTables()) {
      return Check.of(
          invlpg,
          guest.world(1, 1),
          new Load(CPU, guest.data()),
          new InvalidatePage(CPU, guest.data()),
          new Load(CPU, guest.data()));
    }
    return Check.of(
            invlpg,
            guest.world(1, 1),
            new Load(CPU, guest.data()),
            guest.remap(CPU),
            new InvalidatePage(CPU, guest.data()),
            new Load(CPU, guest.data()))
        .after(
            new Part(
                Message.of(Question.STORES),
                "the guest changes an entry of its tables",
                "The copy of guest memory holds the new words."));
  }

  private static List<Check> machines(SmallGuest guest) {
    return List.of(
        Check.of(
            new Part(
                CREATE,
                "two machines",
                "Each machine has memory and entries of its own: a fault of one changes nothing of"
                    + " the other."),
            guest.world(2, 1),
            new Load(CPU, guest.data()),
            new Load(SECOND_VM, guest.data()),
            new Load(CPU, guest.data())),
        Check.of(
            new Part(
                CREATE,
                "a machine of two virtual CPUs",
                "Each virtual CPU has a control state and entries of its own."),
            guest.world(1, 2),
            new Load(CPU, guest.data()),
            new Load(SECOND_CPU, guest.data()),
            new Load(CPU, guest.data())));
  }

  private static List<Check> memory(SmallGuest guest) {
    if (!guest.hasTables()) {
      return List.of();
    }
    ForeignStore behindTheBack =
        new ForeignStore(
            CPU,
            guest.entryInMemory(),
            SmallGuest.leaf(SmallGuest.OTHER_FRAME),
            guest.entryBytes());
    return List.of(
        Check.of(
                new Part(
                    Message.event("invlpg"),
                    "after another agent has stored to the tables",
                    "Guest memory may change without any event; what counts is what it holds now."),
                guest.world(1, 1),
                new Load(CPU, guest.data()),
                behindTheBack,
                new InvalidatePage(CPU, guest.data()),
                new Load(CPU, guest.data()))
            .onlyIf(Feature.FOREIGN_STORES),
        Check.of(
            new Part(
                PAGE_FAULT,
                "another agent stores to the tables during the walk",
                "The entry that is made is one that the tables held at some time; A is set by a"
                    + " compare-and-set, and where that fails the walk begins again."),
            guest.world(1, 1),
            new AtRead(1, behindTheBack),
            new Load(CPU, guest.data())));
  }

  private static List<Check> otherModes(SmallGuest usual) {
    return Stream.of(Paging.values())
        .map(PagingMode::of)
        .filter(mode -> !mode.equals(usual.mode()))
        .map(mode -> {
          SmallGuest guest = new SmallGuest(mode);
          return Check.of(
              new Part(
                  PAGE_FAULT,
                  words(mode) + ": a load and a store",
                  "As before; the walk and the width of entries are those of this mode."),
              guest.world(1, 1),
              new Load(CPU, guest.data()),
              new Store(CPU, guest.data(), 1));
        })
        .toList();
  }

  private static String words(PagingMode mode) {
    return mode.levels().isEmpty() ? "no paging" : mode.name() + " paging";
  }
}
