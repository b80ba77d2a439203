package io.vtlb.model.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.guest.GuestEntry;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.HostOperation.CreateMachine;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.operation.HostOperation.HarvestDirtyLog;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.ResizePages;
import io.vtlb.model.operation.HostOperation.StartDirtyLog;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.ObservationLevel;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two machines of one virtual CPU each, a scripted target and the monitor that judges it.
 *
 * <p>The first guest's directory leads to one table from the start; an example maps pages in it, by
 * their index.
 */
final class Scene {

  static final Vcpu CPU = new Vcpu(0, 0);
  static final Vcpu OTHER_CPU = new Vcpu(1, 0);

  private static final long VALUE = 0xABCDL;

  private final ExampleGuest guest = new ExampleGuest(0);
  private final ExampleGuest otherGuest = new ExampleGuest(1);
  private final ScriptedTlb tlb;
  private final Monitor monitor;
  private final GuestMemory memory;
  private ControlState control = ExampleGuest.CONTROL;

  Scene(Set<Rule> judged, ObservationLevel level, Feature... features) {
    tlb = new ScriptedTlb(new Description("scripted", level, Set.of(features)));
    monitor = new Monitor(ExampleGuest.WALKER, tlb.describe(), judged);
    guest.entry(ExampleGuest.ROOT, 0, ExampleGuest.TABLE, "PWUA");
    memory = monitor.watch(guest.blueprint(1, control), guest.memory());
    monitor.watch(otherGuest.blueprint(1, control), otherGuest.memory());
  }

  /** A scene in which the target reports and has started well. */
  static Scene reporting(Set<Rule> judged, Feature... features) {
    return started(judged, ObservationLevel.SELF_REPORTING, features);
  }

  /**
   * A scene in which the target shows its active structure, without reports, and has started well.
   */
  static Scene showing(Set<Rule> judged, Feature... features) {
    return started(judged, ObservationLevel.ACTIVE_STRUCTURE, features);
  }

  private static Scene started(Set<Rule> judged, ObservationLevel level, Feature... features) {
    Scene scene = new Scene(judged, level, features);
    assertEquals(Optional.empty(), scene.create());
    return scene;
  }

  Optional<Violation> create() {
    assertEquals(Optional.empty(), monitor.created(tlb, OTHER_CPU.vm()));
    return monitor.created(tlb, CPU.vm());
  }

  Monitor monitor() {
    return monitor;
  }

  Tally tally() {
    return monitor.tally();
  }

  /** The first guest's memory as its target sees it. */
  GuestMemory memory() {
    return memory;
  }

  ExampleGuest guest() {
    return guest;
  }

  /** The first guest writes an entry of its table. */
  Scene map(int index, long frame, String flags) {
    return store(address(index), GuestEntry.of(frame, flags));
  }

  /** The first guest writes an entry of its directory. */
  Scene direct(int index, long frame, String flags) {
    return store(ExampleGuest.address(ExampleGuest.ROOT, index), GuestEntry.of(frame, flags));
  }

  private Scene store(long address, int value) {
    guest.memory().write(address, value);
    monitor.guestStored(CPU.vm(), address, 4);
    return this;
  }

  /** The guest-physical address of an entry of the table. */
  static long address(int index) {
    return ExampleGuest.address(ExampleGuest.TABLE, index);
  }

  /** From now on the target shows these entries of its first virtual CPU. */
  Scene shows(PrivilegeSet set, ActiveEntry... entries) {
    tlb.show(CPU, set, entries);
    return this;
  }

  /** From now on the target shows these entries of the other machine's virtual CPU. */
  Scene otherShows(PrivilegeSet set, ActiveEntry... entries) {
    tlb.show(OTHER_CPU, set, entries);
    return this;
  }

  /** An entry that maps a page to the host frame behind a frame of the first guest. */
  ActiveEntry entry(long page, long frame, String rights) {
    return entryTo(page, guest.host(frame), rights);
  }

  /** An entry that maps a page to the host frame behind a frame of the other guest. */
  ActiveEntry foreignEntry(long page, long frame, String rights) {
    return entryTo(page, otherGuest.host(frame), rights);
  }

  static ActiveEntry entryTo(long page, long hostFrame, String rights) {
    AccessRights parsed =
        new AccessRights(rights.contains("r"), rights.contains("w"), rights.contains("x"));
    return new ActiveEntry(page, 1, hostFrame, parsed);
  }

  static Access load(long page) {
    return access(page, AccessKind.LOAD, PrivilegeSet.SUPERVISOR);
  }

  static Access store(long page) {
    return access(page, AccessKind.STORE, PrivilegeSet.SUPERVISOR);
  }

  static Access access(long page, AccessKind kind, PrivilegeSet set) {
    return new Access(PageSize.address(page, 0), kind, set);
  }

  /** While the next event is handled the target does this. */
  Scene meanwhile(Runnable script) {
    tlb.meanwhile(script);
    return this;
  }

  Optional<Violation> fault(Access access, @Nullable Response response) {
    long value = access.isStore() ? VALUE : 0;
    return event(new Event.PageFault(CPU, access, new FaultCode(0), value), response);
  }

  /** A store of a value that matters. */
  Optional<Violation> fault(Access access, long value, Response response) {
    return event(new Event.PageFault(CPU, access, new FaultCode(0), value), response);
  }

  Optional<Violation> invalidate(long page, @Nullable Response response) {
    return event(new Event.InvalidatePage(CPU, PageSize.address(page, 0)), response);
  }

  Optional<Violation> reloadRoot(Response response) {
    return write(ControlRegister.CR3, control.cr3(), response);
  }

  Optional<Violation> write(ControlRegister register, long value, Response response) {
    ControlState before = control;
    control = control.with(register, value);
    return event(new Event.ControlWrite(CPU, register, before, control), response);
  }

  Optional<Violation> changePrivilege(int from, int to, Response response) {
    monitor.runs(CPU, PrivilegeSet.of(to));
    return event(new Event.PrivilegeChange(CPU, from, to), response);
  }

  /** The first guest stores to a frame, through an entry that lets it. */
  Scene guestStores(long frame) {
    return store(PageSize.address(frame, 0), 0x5A);
  }

  /** The host does something to the first guest's machine, if it can be done. */
  Optional<Violation> host(HostOperation operation, HostResponse response) {
    change(operation);
    return monitor.followed(tlb, operation, response);
  }

  /** What an operation changes, without an answer. */
  private void change(HostOperation operation) {
    HostMap before = guest.memory().hostMap();
    guest.memory().remap(after(operation, before));
    monitor.hostChanged(operation, before);
  }

  private static HostMap after(HostOperation operation, HostMap map) {
    return switch (operation) {
      case MapFrames(int vm, long guest, long host, long frames) ->
          map.with(new HostRange(guest, host, frames));
      case UnmapFrames(int vm, long guest, long frames) -> map.without(guest, frames);
      case MoveFrames(int vm, long guest, long host, long frames) ->
          map.moving(guest, host, frames);
      case ProtectFrames(int vm, long guest, long frames, boolean readOnly) ->
          map.protecting(guest, frames, readOnly);
      case ResizePages resize -> map;
      case StartDirtyLog start -> map;
      case HarvestDirtyLog harvest -> map;
      case DestroyMachine destroy -> map;
      case CreateMachine create -> map;
    };
  }

  /** While the next event is handled, something changes under it. */
  Scene interrupted(Runnable change) {
    return meanwhile(() -> {
      monitor.interrupting();
      change.run();
      monitor.interrupted();
    });
  }

  private Optional<Violation> event(Event event, @Nullable Response response) {
    tlb.answer(response);
    monitor.begin(event);
    return monitor.answered(tlb, tlb.handle(event));
  }

  /** The target goes on with the guest, and says why it could. */
  static Response resumed(EventCause cause, ResyncKind kind) {
    return Response.of(new Action.Resume()).reporting(cause, kind);
  }

  /** The target has mended an inconsistency, and claims no comparison. */
  static Response mended() {
    return resumed(EventCause.INCONSISTENCY, ResyncKind.FLUSH);
  }

  /**
   * The target has heeded an attempt to manipulate the TLB, and the processor forgets everything.
   */
  static Response flushed(ResyncKind kind) {
    return resumed(EventCause.TLB_MANIPULATION, kind).dropping(new ProcessorDrop.Everything(CPU));
  }

  /** The target hands a fault to the guest. */
  static Response injected(Access access, int code) {
    return Response.of(new Action.InjectPageFault(new FaultCode(code), access.address()))
        .dropping(new ProcessorDrop.Everything(CPU))
        .reporting(EventCause.GUEST_PAGE_FAULT, ResyncKind.NONE);
  }
}
