package io.vtlb.specs.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The entry that follows from one fault, in any mode and to any frame: the reference VMM, with
 * nothing active yet, derives what the definitions derive.
 */
class DerivationAgreementTest {

  private static final int POINTS = 100_000;
  private static final long SEED = 29;
  private static final long OPEN_TO_USERS = EntryBits.USER | EntryBits.WRITABLE;
  private static final Vcpu CPU = new Vcpu(0, 0);
  private static final Value ABSENT = DescribedMachine.ABSENT;
  private static final Value NUMBER = Smt.bits(0);
  private static final Function MARKED = Smt.function("marked");
  private static final Function DERIVE = Smt.function("derive");
  private static final Function GUEST_ENTRY = Smt.function("guest-entry");
  private static final Function PARTIAL_RESYNC = Smt.function("partial-resync");
  private static final Function ACTION_OF = Smt.function("action-of");
  private static final Function HOST_AFTER = Smt.function("host-after");
  private static final Function ACTIVE_AFTER = Smt.function("active-after");
  private static final Function GRANTS = Smt.function("grants");

  /**
   * A translation that permits an access, and what is behind its frame.
   *
   * @param log true if the host asks to know of stores
   */
  private record Point(
      Profile profile,
      ControlState control,
      RandomMemory memory,
      Access access,
      Translation reached,
      HostMap map,
      boolean log) {

    long frame() {
      return reached.frame(access.page());
    }

    Value.Mapping host() {
      Value.Mapping host = Value.Mapping.of(Backing.DEVICE);
      long behind = map.hostFrame(frame());
      return behind == HostMap.NO_FRAME
          ? host
          : host.store(Smt.bits(frame()), Backing.memory(behind, map.readOnly(frame()), log));
    }
  }

  @Test
  void theyAgreeAtRandomPoints() {
    States states = new States(SEED);
    Met met = new Met();
    for (int number = 0; number < POINTS; number++) {
      Point point = permitted(states);
      try {
        compare(point, states, met);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + SEED + ", point " + number + ": " + point, e);
      }
    }
    met.require(POINTS / 10, "resume", "device-access", "derived", "granted", "not granted");
    met.require(POINTS / 50, "writable", "keyed", "executable", "log", "told");
    met.require(POINTS / 200, "large");
  }

  private static Point permitted(States states) {
    while (true) {
      Profile profile = states.profile();
      ControlState control = states.control();
      RandomMemory memory = new RandomMemory(states, states.chance(1, 3) ? OPEN_TO_USERS : 0);
      Access access = states.access(PagingMode.of(control).canonicalPage(states.bits()));
      GuestWalk walk = new Walker(profile).walk(memory, control, access.page());
      if (walk.end() instanceof GuestWalk.End.Reached(Translation reached)
          && Permission.permits(reached, access, control)) {
        long behind = states.bits() >>> 24;
        HostRange range =
            new HostRange(reached.frame(access.page()), behind, 1, states.chance(1, 4));
        HostMap map = new HostMap(states.chance(1, 5) ? List.of() : List.of(range));
        return new Point(profile, control, memory, access, reached, map, states.chance(1, 2));
      }
    }
  }

  private static void compare(Point point, States states, Met met) {
    Access access = point.access;
    Value registers = Smt.control(point.control);
    SmtWalk walk =
        SmtWalk.of(point.memory, point.control, Smt.profile(point.profile), access.page());
    int bytes = PagingMode.of(point.control).format().bytes();
    Map<Long, Long> read = new HashMap<>();
    walk.addresses().forEach(address -> read.put(address, point.memory.read(address, bytes)));

    ReferenceVmm vmm = new ReferenceVmm();
    vmm.create(
        new VmBlueprint(
            0, List.of(new VmBlueprint.VcpuState(point.control, 0)), point.map, point.profile),
        point.memory);
    if (point.log) {
      vmm.follow(new HostOperation.StartDirtyLog(0));
    }
    Event event = new Event.PageFault(CPU, access, new FaultCode(0), 0);
    Response response = vmm.handle(event);

    Value fault = Smt.event(event, point.control);
    Value host = Backing.told(point.host(), read, point.memory, bytes);
    Value action = ACTION_OF.apply(fault, walk.end(), host, registers);
    assertEquals(Smt.action(response.action()), action);
    Value own = new Slot(access.set(), access.page()).of(NUMBER);
    Value after = HOST_AFTER.apply(own, fault, walk.end(), host, registers);
    Value marked = MARKED.apply(walk.end(), Smt.truth(access.isStore()));
    for (PrivilegeSet set : PrivilegeSet.values()) {
      Value slot = new Slot(set, access.page()).of(NUMBER);
      Value active =
          ACTIVE_AFTER.apply(ABSENT, slot, fault, NUMBER, walk.end(), host, registers, registers);
      Collection<ActiveEntry> shown = vmm.activeEntries(CPU, set);
      assertEquals(shown.isEmpty(), active.equals(ABSENT));
      for (ActiveEntry entry : shown) {
        Value source = ((Value.Datum) marked).field("reached");
        assertEquals(Smt.active(entry, source), active);
        assertEquals(
            active, DERIVE.apply(source, Smt.set(set), Smt.bits(access.page()), after, registers));
        assertEquals(
            active,
            GUEST_ENTRY.apply(marked, Smt.set(set), Smt.bits(access.page()), after, registers));
        assertEquals(
            active,
            PARTIAL_RESYNC.apply(ABSENT, slot, Smt.access(access), marked, after, registers));
        meet(entry, point, met);
        compareGrants(entry, point, set, after, states, met);
      }
    }
    met.add(action.constructorName());
    met.add(point.log ? "log" : "no log");
    met.add(after.equals(host) ? "not told" : "told");
  }

  private static void meet(ActiveEntry entry, Point point, Met met) {
    met.add("derived");
    met.add(entry.rights().write() ? "writable" : "not writable");
    met.add(entry.rights().execute() ? "executable" : "not executable");
    met.add(entry.key() == ActiveEntry.NO_KEY ? "not keyed" : "keyed");
    met.add(point.reached.pages() == 1 ? "small" : "large");
  }

  /**
   * Whether a translation that differs in one thing, or in none, still grants the entry: stated
   * here once more, since the model asks it only of a monitor's step.
   */
  private static void compareGrants(
      ActiveEntry entry, Point point, PrivilegeSet set, Value host, States states, Met met) {
    long page = point.access.page();
    Translation other = other(point.reached, states);
    Value.Datum behind = (Value.Datum) ((Value.Mapping) host).select(Smt.bits(other.frame(page)));
    boolean backed = behind.constructorName().equals("memory-at");
    AccessRights granted = Permission.resolve(other.rights(), set, point.control);
    boolean keyed = point.control.protectionKeys() && other.rights().user();
    boolean writes =
        backed
            && other.dirty()
            && !behind.field("read-only").isTrue()
            && !behind.field("logged").isTrue();
    boolean expected =
        other.covers(page)
            && backed
            && behind.field("host-frame").bits() == entry.hostFrame()
            && entry.rights().within(granted)
            && (!keyed || entry.key() == other.key())
            && (!entry.rights().write() || writes);
    Value found =
        GRANTS.apply(
            Smt.translation(other),
            Smt.set(set),
            Smt.bits(page),
            Smt.active(entry, Smt.translation(point.reached)),
            host,
            Smt.control(point.control));
    assertEquals(Smt.truth(expected), found);
    met.add(expected ? "granted" : "not granted");
  }

  private static Translation other(Translation one, States states) {
    int change = states.below(8);
    return new Translation(
        change == 0 ? one.page() + one.pages() : one.page(),
        one.pages(),
        change == 1 ? one.frame() + one.pages() : one.frame(),
        change == 2 ? states.rights() : one.rights(),
        change == 3 ? states.below(16) : one.key(),
        one.pcid(),
        one.global(),
        change == 4 ? states.chance(1, 2) : one.dirty());
  }
}
