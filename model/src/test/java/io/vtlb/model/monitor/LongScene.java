package io.vtlb.model.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.control.RegisterWrite;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.ObservationLevel;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One machine of two virtual CPUs whose guest uses entries of eight bytes, a scripted target that
 * reports, and the monitor that judges it.
 */
final class LongScene {

  static final Vcpu CPU = new Vcpu(0, 0);
  static final Vcpu SECOND_CPU = new Vcpu(0, 1);

  /** Any rule may be blamed. */
  static final Set<Rule> ALL = EnumSet.allOf(Rule.class);

  private static final long VALUE = 0xABCDL;

  private final LongGuest guest;
  private final Profile profile;
  private final ScriptedTlb tlb;
  private final Monitor monitor;
  private final GuestMemory memory;
  private final Map<Vcpu, ControlState> controls = new HashMap<>();

  LongScene(
      LongGuest guest,
      ControlState control,
      Profile profile,
      Set<Rule> judged,
      ObservationLevel level,
      Feature... features) {
    this.guest = guest;
    this.profile = profile;
    tlb = new ScriptedTlb(new Description("scripted", level, Set.of(features)));
    monitor = new Monitor(new Walker(profile), tlb.describe(), judged);
    memory = monitor.watch(guest.blueprint(2, control, profile), guest.memory());
    controls.put(CPU, control);
    controls.put(SECOND_CPU, control);
    assertEquals(Optional.empty(), monitor.created(tlb, CPU.vm()));
  }

  /** A scene on a processor that offers everything. */
  static LongScene in(ControlState control, Set<Rule> judged, Feature... features) {
    return new LongScene(
        new LongGuest(0),
        control,
        Profile.GENERIC_64,
        judged,
        ObservationLevel.SELF_REPORTING,
        features);
  }

  /** A scene with PAE paging. */
  static LongScene inPae(Set<Rule> judged) {
    LongGuest guest = new LongGuest(0);
    return new LongScene(
        guest, guest.pae(), Profile.GENERIC_64, judged, ObservationLevel.SELF_REPORTING);
  }

  Monitor monitor() {
    return monitor;
  }

  LongGuest guest() {
    return guest;
  }

  /** Guest memory as the target sees it. */
  GuestMemory memory() {
    return memory;
  }

  ControlState control(Vcpu cpu) {
    return controls.getOrDefault(cpu, LongGuest.FOUR_LEVEL);
  }

  /** The guest maps a page by its index in the first tree. */
  LongScene map(int index, long frame, String flags) {
    return put(LongGuest.TABLE, index, LongGuest.entry(frame, flags));
  }

  /** The guest maps a page by its index in the second tree. */
  LongScene mapOther(int index, long frame, String flags) {
    return put(LongGuest.OTHER_TABLE, index, LongGuest.entry(frame, flags));
  }

  /** The guest writes an entry of a table. */
  LongScene put(long table, int index, long entry) {
    guest.put(table, index, entry);
    monitor.guestStored(CPU.vm(), LongGuest.address(table, index), Long.BYTES);
    return this;
  }

  /** From now on the target shows these entries of its first virtual CPU. */
  LongScene shows(PrivilegeSet set, ActiveEntry... entries) {
    return shows(CPU, set, entries);
  }

  LongScene shows(Vcpu cpu, PrivilegeSet set, ActiveEntry... entries) {
    tlb.show(cpu, set, entries);
    return this;
  }

  /** An entry that maps a page to the host frame behind a guest frame. */
  ActiveEntry entry(long page, long frame, String rights) {
    return keyed(page, frame, rights, ActiveEntry.NO_KEY);
  }

  /** An entry with a protection key. */
  ActiveEntry keyed(long page, long frame, String rights, int key) {
    return new ActiveEntry(page, 1, guest.host(frame), rights(rights), key);
  }

  /** An entry for a large page. */
  ActiveEntry large(long page, int pages, long frame, String rights) {
    return new ActiveEntry(page, pages, guest.host(frame), rights(rights));
  }

  private static AccessRights rights(String rights) {
    return new AccessRights(rights.contains("r"), rights.contains("w"), rights.contains("x"));
  }

  /** While the next event is handled the target does this. */
  LongScene meanwhile(Runnable script) {
    tlb.meanwhile(script);
    return this;
  }

  Optional<Violation> fault(Access access, Response response) {
    return fault(CPU, access, response);
  }

  Optional<Violation> fault(Vcpu cpu, Access access, Response response) {
    long value = access.isStore() ? VALUE : 0;
    return event(new Event.PageFault(cpu, access, new FaultCode(0), value), response);
  }

  Optional<Violation> invalidate(long page, Response response) {
    return invalidate(CPU, page, response);
  }

  Optional<Violation> invalidate(Vcpu cpu, long page, Response response) {
    return event(new Event.InvalidatePage(cpu, page << PageSize.BASE_SHIFT), response);
  }

  Optional<Violation> invalidatePcid(
      InvalidationType type, int pcid, long page, Response response) {
    return event(new Event.InvalidatePcid(CPU, type, pcid, page << PageSize.BASE_SHIFT), response);
  }

  /** Loads a root under a PCID, and asks to keep what that PCID cached. */
  Optional<Violation> loadKeeping(long root, int pcid, Response response) {
    return write(
        ControlRegister.CR3, PageSize.address(root, pcid) | ControlState.CR3_NO_FLUSH, response);
  }

  /** Loads a root under a PCID, and flushes that PCID. */
  Optional<Violation> load(long root, int pcid, Response response) {
    return write(ControlRegister.CR3, PageSize.address(root, pcid), response);
  }

  /** Sets bits of CR4. */
  Optional<Violation> set(long bits, Response response) {
    return write(ControlRegister.CR4, control(CPU).cr4() | bits, response);
  }

  /** Clears bits of CR4. */
  Optional<Violation> clear(long bits, Response response) {
    return write(ControlRegister.CR4, control(CPU).cr4() & ~bits, response);
  }

  Optional<Violation> turnPaging(boolean on, Response response) {
    long cr0 = control(CPU).cr0();
    return write(
        ControlRegister.CR0, on ? cr0 | ControlState.CR0_PG : cr0 & ~ControlState.CR0_PG, response);
  }

  Optional<Violation> write(ControlRegister register, long value, Response response) {
    return write(CPU, register, value, response);
  }

  Optional<Violation> write(Vcpu cpu, ControlRegister register, long value, Response response) {
    ControlState before = control(cpu);
    ControlState after =
        RegisterWrite.of(register, value, before, profile, guest.memory()).orElseThrow();
    controls.put(cpu, after);
    return event(new Event.ControlWrite(cpu, register, value, before, after), response);
  }

  Optional<Violation> changePrivilege(int from, int to, Response response) {
    monitor.runs(CPU, PrivilegeSet.of(to));
    return event(new Event.PrivilegeChange(CPU, from, to), response);
  }

  /** A virtual CPU goes on after the other one ran. */
  Optional<Violation> resumed(Vcpu cpu) {
    return monitor.resumed(tlb, cpu);
  }

  private Optional<Violation> event(Event event, Response response) {
    tlb.answer(response);
    monitor.begin(event);
    return monitor.answered(tlb, tlb.handle(event));
  }

  /** One rule is blamed. */
  static void assertBlame(Rule rule, Optional<Violation> violation) {
    assertEquals(Optional.of(rule), violation.map(Violation::rule), () -> violation.toString());
  }

  /** Nothing is blamed. */
  static void assertConforms(Optional<Violation> violation) {
    assertEquals(Optional.empty(), violation);
  }

  long judged(Rule rule) {
    return monitor.tally().judged(rule);
  }

  long exercised(Rule rule) {
    return monitor.tally().exercised(rule);
  }
}
