package io.vtlb.specs.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what the reference VMM has made of an event with what the definitions make of it. */
final class EventComparison {

  private static final Value ABSENT = DescribedMachine.ABSENT;
  private static final Function ACTION_OF = Smt.function("action-of");
  private static final Function CAUSE_OF = Smt.function("cause-of");
  private static final Function ACTIVE_AFTER = Smt.function("active-after");
  private static final Function WALK_AFTER = Smt.function("walk-after");
  private static final Function IS_MODIFIED = Smt.function("is-modified");
  private static final Function IS_DROPPED = Smt.function("is-dropped");
  private static final Function IS_OBLIGED = Smt.function("is-obliged");
  private static final Function HELD_AFTER = Smt.function("held-after");
  private static final Function ENTRY_PERMITS = Smt.function("entry-permits");

  private final States states;
  private final Met met;
  private final VirtualTlb vmm;
  private final Profile offered;
  private final Value profile;

  EventComparison(States states, Met met, VirtualTlb vmm, Profile offered) {
    this.states = states;
    this.met = met;
    this.vmm = vmm;
    this.offered = offered;
    profile = Smt.profile(offered);
  }

  void compareAnswer(Happened happened) {
    Slot slot = new Slot(PrivilegeSet.SUPERVISOR, SmallMachine.PAGES.getFirst());
    if (happened.event() instanceof Event.PageFault fault) {
      slot = new Slot(fault.access().set(), fault.access().page());
      compareEntryPermits(happened, slot, fault.access());
    }
    Value walk = happened.walk(slot);
    Value action =
        ACTION_OF.apply(happened.described(), walk, happened.host(), happened.registers());
    assertEquals(Smt.action(happened.response().action()), action);
    Value cause =
        CAUSE_OF.apply(
            happened.described(),
            happened.of().active(slot),
            walk,
            happened.host(),
            happened.registers(),
            happened.registersAfter(),
            profile);
    EventCause reported = happened.response().report().orElseThrow().cause();
    boolean eitherIsRight =
        happened.event() instanceof Event.ControlWrite write && namesDiffer(write);
    assertEquals(Smt.cause(eitherIsRight ? EventCause.CONTROL_CHANGE : reported), cause);
    met.add(cause.constructorName());
  }

  /**
   * True where a write invalidates nothing, but the reference VMM calls it a manipulation all the
   * same; the monitor takes either name: CR4.SMEP on a processor that does not flush for it.
   */
  private boolean namesDiffer(Event.ControlWrite write) {
    long set = write.after().cr4() & ~write.before().cr4();
    return write.register() == ControlRegister.CR4
        && set == ControlState.CR4_SMEP
        && offered.vendor() == Vendor.AMD;
  }

  private void compareEntryPermits(Happened happened, Slot slot, Access access) {
    Value active = happened.of().active(slot);
    if (active.equals(ABSENT)) {
      return;
    }
    Value.Datum entry = (Value.Datum) active;
    boolean keyed = entry.field("keyed").isTrue();
    ActiveEntry asShown =
        new ActiveEntry(
            slot.page(),
            1,
            entry.field("frame").bits(),
            new AccessRights(
                entry.field("may-read").isTrue(),
                entry.field("may-write").isTrue(),
                entry.field("may-execute-it").isTrue()),
            keyed
                ? (int) ((Value.Datum) entry.field("source")).field("key").bits()
                : ActiveEntry.NO_KEY);
    assertEquals(
        asShown.permits(access, happened.before()),
        ENTRY_PERMITS.apply(active, Smt.access(access), happened.registers()).isTrue());
  }

  void compareSlots(Happened happened) {
    DescribedMachine of = happened.of();
    Map<Slot, Value> after = new LinkedHashMap<>();
    of.active().forEach((slot, active) -> after.put(slot, activeAfter(happened, of, slot, active)));
    of.compareShown(vmm, after);
    Set<Slot> concerned = concerned(happened, after);
    of.active()
        .forEach((slot, active) -> {
          // Slots that a fault is not about are many, and alike.
          if (!happened.isFaultOutside(slot) || states.chance(1, 8)) {
            compareDrops(happened, slot, after, concerned);
            compareObligation(happened, slot, active);
          }
          met.add(kind(happened, slot), active, after.getOrDefault(slot, ABSENT));
        });
    of.active().putAll(after);
  }

  private static String kind(Happened happened, Slot slot) {
    return switch (happened.event()) {
      case Event.PageFault fault -> happened.isFaultOutside(slot) ? "fault elsewhere" : "fault";
      case Event.InvalidatePage invalidate -> "INVLPG";
      case Event.InvalidatePcid invalidate -> "INVPCID";
      case Event.ControlWrite write -> "control write";
      case Event.PrivilegeChange change -> "privilege";
    };
  }

  private static Value activeAfter(
      Happened happened, DescribedMachine at, Slot slot, Value active) {
    return ACTIVE_AFTER.apply(
        active,
        at.at(slot),
        happened.described(),
        happened.of().number(),
        happened.walk(slot),
        happened.host(),
        happened.registers(),
        happened.registersAfter());
  }

  private static void compareDrops(
      Happened happened, Slot slot, Map<Slot, Value> after, Set<Slot> concerned) {
    DescribedMachine of = happened.of();
    Value active = of.active(slot);
    Value dropped =
        IS_DROPPED.apply(
            active,
            after.getOrDefault(slot, ABSENT),
            of.at(slot),
            happened.described(),
            happened.of().number(),
            happened.walk(slot),
            happened.host(),
            happened.registers(),
            Smt.truth(concerned.size() > (concerned.contains(slot) ? 1 : 0)));
    assertEquals(
        happened.response().drops().stream().anyMatch(drop -> drops(drop, slot)), dropped.isTrue());
    assertEquals(dropped.isTrue() ? ABSENT : active, HELD_AFTER.apply(active, dropped));
  }

  /**
   * The slots on account of which something is dropped: after a fault those of the same page for
   * which there was an entry, else those that are modified.
   */
  private static Set<Slot> concerned(Happened happened, Map<Slot, Value> after) {
    Set<Slot> concerned = new HashSet<>();
    happened
        .of()
        .active()
        .forEach((slot, active) -> {
          if (happened.event() instanceof Event.PageFault fault
              ? slot.page() == fault.access().page() && !active.equals(ABSENT)
              : IS_MODIFIED.apply(active, after.getOrDefault(slot, ABSENT)).isTrue()) {
            concerned.add(slot);
          }
        });
    return concerned;
  }

  private static boolean drops(ProcessorDrop drop, Slot slot) {
    return switch (drop) {
      case ProcessorDrop.Everything everything -> true;
      case ProcessorDrop.Page page -> PageSize.page(page.address()) == slot.page();
    };
  }

  /** What must be forgotten of what an entry came from, as if that was all that is cached. */
  private void compareObligation(Happened happened, Slot slot, Value active) {
    if (active.equals(ABSENT)) {
      return;
    }
    Value source = ((Value.Datum) active).field("source");
    Value obliged =
        IS_OBLIGED.apply(
            source,
            happened.of().at(slot),
            happened.described(),
            happened.walk(slot),
            happened.registers(),
            happened.registersAfter(),
            profile);
    // Only the fault's own slot has the walk of the fault.
    if (happened.isFaultOutside(slot)) {
      assertEquals(Smt.truth(false), obliged);
      return;
    }
    boolean expected =
        invalidation(happened)
            .map(one -> Obligation.names(one, Smt.translation(source), slot.page()))
            .orElse(false);
    assertEquals(expected, obliged.isTrue());
    met.add(expected ? "obliged" : "not obliged");
  }

  private Optional<Invalidation> invalidation(Happened happened) {
    ControlState before = happened.before();
    return switch (happened.event()) {
      case Event.PageFault fault ->
          happened.response().action()
                  instanceof Action.InjectPageFault(FaultCode code, long address)
              ? Optional.of(
                  code.present() && !code.reserved()
                      ? Invalidation.ofDeliveredFault(fault.access().page(), before)
                      : Invalidation.ofDeliveredWalkFault(fault.access().page(), before))
              : Optional.empty();
      case Event.InvalidatePage invalidate ->
          Optional.of(
              Invalidation.ofPage(
                  PagingMode.of(before).canonicalPage(PageSize.page(invalidate.address())),
                  before));
      case Event.InvalidatePcid invalidate ->
          Optional.of(
              Invalidation.ofPcid(
                  invalidate.type(),
                  invalidate.pcid(),
                  PageSize.page(invalidate.address()),
                  before));
      case Event.ControlWrite write -> Invalidation.ofControlWrite(write, offered);
      case Event.PrivilegeChange change -> Optional.empty();
    };
  }

  /** An event of one machine changes no slot of the other, and drops nothing there. */
  void compareElsewhere(Happened happened, DescribedMachine other) {
    Slot slot = states.one(List.copyOf(other.active().keySet()));
    Value active = other.active(slot);
    Value after = activeAfter(happened, other, slot, active);
    assertEquals(active, after);
    assertEquals(
        Smt.truth(false),
        IS_DROPPED.apply(
            active,
            after,
            other.at(slot),
            happened.described(),
            happened.of().number(),
            happened.walk(slot),
            happened.host(),
            happened.registers(),
            Smt.truth(states.chance(1, 2))));
  }

  /** The walk of the fault's page is what memory says by now. */
  void compareWalkAfter(Happened happened, Slot slot) {
    SmallMachine machine = happened.of().machine();
    Value after =
        WALK_AFTER.apply(
            happened.of().at(slot),
            happened.described(),
            happened.walk(slot),
            happened.host(),
            happened.registers());
    assertEquals(
        SmtWalk.of(machine.memory(), happened.before(), profile, slot.page()).end(), after);
  }
}
