package io.vtlb.conformance.run;

import io.vtlb.conformance.cell.CellMeter;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.ProtectionKeyRights;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Feature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plays guest and processor for a virtual TLB: walks its active structure, and brings it the
 * events.
 *
 * <p>Intel SDM vol. 3, 4.6 to 4.8 for what a processor does with an entry; claims 3, 16 and 25 for
 * who receives control.
 */
final class EventDrivenPlayer implements OperationPlayer {

  /** An access that needs more events than this is taken to need them for ever. */
  private static final int MOST_EVENTS = 8;

  private static final long OPEN_BUS = 0xFFFF_FFFFL;
  private static final Observation COMPLETED = new Observation.Completed();

  private final GuestComputer computer;
  private final GuardedTlb target;
  private final Monitor monitor;
  private final CellMeter meter;
  private final StepListener listener;
  private final HostPlayer host;
  private final SchedulePoints points;
  private final WriteTracking tracking;
  private final ReportDuty reports;
  private final boolean interceptsPrivilege;
  private final boolean eventsFlush;

  EventDrivenPlayer(
      GuestComputer computer,
      GuardedTlb target,
      Monitor monitor,
      CellMeter meter,
      StepListener listener,
      HostPlayer host,
      SchedulePoints points,
      WriteTracking tracking) {
    this.computer = computer;
    this.target = target;
    this.monitor = monitor;
    this.meter = meter;
    this.listener = listener;
    this.host = host;
    this.points = points;
    this.tracking = tracking;
    this.reports = new ReportDuty(target.describe().level());
    this.interceptsPrivilege = target.describe().has(Feature.INTERCEPTS_PRIVILEGE_CHANGES);
    this.eventsFlush = target.describe().has(Feature.EVENTS_FLUSH_PROCESSOR);
  }

  @Override
  public void resume(GuestCpu cpu) {
    BrokenRule.check(monitor.resumed(target, cpu.name()));
    cpu.tlb().resume(target, cpu.name(), cpu.set());
  }

  /**
   * Tries the access until every part is permitted at once, as a processor executes an instruction
   * again after a fault; nothing is done before all parts are.
   */
  @Override
  public Observation access(
      GuestCpu cpu, GuestOperation operation, List<Access> parts, long value) {
    PendingAccess pending = new PendingAccess(parts, value);
    for (Access part : parts) {
      meter.accessing(cpu.name(), part.page());
    }
    int most = MOST_EVENTS * parts.size();
    int denied = 0;
    for (int events = 0; events < most; events++) {
      denied = firstDenied(cpu, pending);
      if (denied == parts.size()) {
        Observation seen = perform(pending);
        tracking.stored(events > 0);
        BrokenRule.check(monitor.accessEnded(cpu.name(), parts.getFirst(), events, true));
        return seen;
      }
      Observation ended = fault(cpu, pending, denied);
      if (ended != null) {
        return ended;
      }
    }
    BrokenRule.check(monitor.accessEnded(cpu.name(), parts.get(denied), most, false));
    return new Observation.Stuck(most);
  }

  /** The first part that the processor cannot carry out, or the number of parts. */
  private int firstDenied(GuestCpu cpu, PendingAccess pending) {
    for (int part = 0; part < pending.parts(); part++) {
      if (!pending.isDone(part)) {
        Access access = pending.access(part);
        ActiveEntry entry = cpu.tlb().translate(target, cpu.name(), cpu.set(), access.page());
        pending.find(part, entry);
        if (entry == null || !entry.permits(access, cpu.control())) {
          return part;
        }
      }
    }
    return pending.parts();
  }

  /** PKRU is applied by the processor, at the access, by the key of the active entry. */
  private static boolean keyForbids(GuestCpu cpu, ActiveEntry entry, Access access) {
    return entry.key() != ActiveEntry.NO_KEY
        && cpu.control().protectionKeys()
        && ProtectionKeyRights.forbid(cpu.pkru(), entry.key(), access, cpu.control());
  }

  /** One page-fault event; null if the access is to be tried again. */
  private @Nullable Observation fault(GuestCpu cpu, PendingAccess pending, int part) {
    Access access = pending.access(part);
    cpu.tlb().dropPage(access.set(), access.page());
    FaultCode code = activeCode(cpu, access, pending.found(part));
    Response response =
        deliver(cpu, new Event.PageFault(cpu.name(), access, code, pending.valueOf(part)));
    return switch (response.action()) {
      case Action.Resume resume -> null;
      case Action.InjectPageFault(FaultCode injected, long address) ->
          new Observation.PageFaulted(injected, address);
      case Action.StoreEmulated emulated -> pending.done(part) ? COMPLETED : null;
      case Action.DeviceAccess device -> new Observation.ReachedDevice();
    };
  }

  private static FaultCode activeCode(GuestCpu cpu, Access access, @Nullable ActiveEntry entry) {
    return new FaultCode(
        (entry == null ? 0 : FaultCode.PRESENT)
            | (access.isStore() ? FaultCode.WRITE : 0)
            | (access.isUser() ? FaultCode.USER : 0)
            | (access.isFetch() ? FaultCode.FETCH : 0)
            | (entry != null && keyForbids(cpu, entry, access) ? FaultCode.PROTECTION_KEY : 0));
  }

  private Observation perform(PendingAccess pending) {
    long loaded = 0;
    for (int part = pending.parts() - 1; part >= 0; part--) {
      Access access = pending.access(part);
      ActiveEntry entry = pending.found(part);
      if (access.isStore()) {
        if (entry != null && !pending.isDone(part)) {
          store(entry, access, pending.valueOf(part));
        }
      } else {
        long value = entry == null ? 0 : load(entry, access);
        loaded = access.bytes() == Long.BYTES ? value : loaded << Integer.SIZE | value;
      }
    }
    return pending.access(0).isStore() ? COMPLETED : new Observation.Loaded(loaded);
  }

  private long load(ActiveEntry entry, Access access) {
    long hostFrame = entry.hostFrame(access.page());
    int owner = computer.ownerOf(hostFrame);
    return owner < 0
        ? access.bytes() == Long.BYTES ? -1 : OPEN_BUS
        : computer.memory(owner).read(physical(owner, hostFrame, access), access.bytes());
  }

  private void store(ActiveEntry entry, Access access, long value) {
    long hostFrame = entry.hostFrame(access.page());
    int owner = computer.ownerOf(hostFrame);
    if (owner >= 0) {
      long address = physical(owner, hostFrame, access);
      tracking.storing(owner, address, access.bytes());
      computer.store(owner, address, access.bytes(), value);
    }
  }

  private long physical(int owner, long hostFrame, Access access) {
    return PageSize.address(
        computer.guestFrame(owner, hostFrame), PageSize.offset(access.address()));
  }

  /**
   * Brings an event to the target, has the answer judged, and lets the processor drop what it asks
   * for.
   */
  private Response deliver(GuestCpu cpu, Event event) {
    monitor.runs(cpu.name(), cpu.set());
    meter.begin(event, target);
    monitor.begin(event);
    tracking.begin(event);
    listener.event(event);
    if (eventsFlush) {
      cpu.tlb().drop(new ProcessorDrop.Everything(cpu.name()));
    }
    points.begin(point -> interrupt(cpu, point.operation()));
    Response response = answer(event);
    if (response != null) {
      listener.response(response);
      requireKnownVcpus(response);
      reports.judge(event, response);
    }
    BrokenRule.check(monitor.answered(target, response));
    tracking.answered(cpu, event);
    if (response == null) {
      return Response.of(new Action.Resume());
    }
    for (ProcessorDrop drop : response.drops()) {
      computer.cpu(drop.vcpu()).tlb().drop(drop);
    }
    cpu.tlb().resume(target, cpu.name(), cpu.set());
    return response;
  }

  /** A verdict from inside the event counts, whatever the target did then. */
  private @Nullable Response answer(Event event) {
    try {
      return target.answer(event);
    } finally {
      points.end();
    }
  }

  /** Something happens while the target handles an event of a virtual CPU, if it can. */
  private void interrupt(GuestCpu cpu, Operation operation) {
    switch (operation) {
      case HostOperation change -> {
        if (host.canPerform(change)) {
          meanwhile(() -> host.perform(change));
        }
      }
      case GuestOperation.ForeignStore store -> {
        if (computer.has(store.vcpu())) {
          meanwhile(() -> tracking.foreign(store.vcpu().vm(), store));
        }
      }
      case GuestOperation.Store store -> {
        if (computer.has(store.vcpu())) {
          storeMeanwhile(cpu, computer.cpu(store.vcpu()), store);
        }
      }
      case GuestOperation other -> throw new IllegalStateException(other + " inside an event");
      case AtRead nested -> throw new IllegalStateException(nested + " inside an event");
    }
  }

  private void meanwhile(Runnable change) {
    monitor.interrupting();
    change.run();
    monitor.interrupted();
  }

  /**
   * Another virtual CPU of the machine stores, if its processor finds an entry that lets it in the
   * active structure as it is at that moment; what needs an event waits for its turn.
   */
  private void storeMeanwhile(GuestCpu busy, GuestCpu cpu, GuestOperation.Store store) {
    long linear = cpu.mode().linear(store.address());
    Access access = new Access(linear, AccessKind.STORE, cpu.set(), cpu.pkru(), store.bytes());
    boolean inOnePage = PageSize.offset(linear) + store.bytes() <= PageSize.BASE_BYTES;
    if (cpu == busy
        || cpu.name().vm() != busy.name().vm()
        || !inOnePage
        || !cpu.mode().isCanonical(linear)) {
      return;
    }
    for (ActiveEntry entry : target.activeEntries(cpu.name(), cpu.set())) {
      if (entry.covers(access.page()) && entry.permits(access, cpu.control())) {
        BrokenRule.check(monitor.usedMeanwhile(cpu.name(), cpu.set(), entry));
        meter.accessing(cpu.name(), access.page());
        meanwhile(() -> store(entry, access, store.value()));
        tracking.stored(true);
        return;
      }
    }
  }

  private void requireKnownVcpus(Response response) {
    for (ProcessorDrop drop : response.drops()) {
      if (!computer.has(drop.vcpu())) {
        throw TargetCall.impossible(
            "the response drops for a virtual CPU that is not there: " + drop);
      }
    }
  }

  @Override
  public Observation intercepted(GuestCpu cpu, GuestOperation operation, Event event) {
    deliver(cpu, event);
    return COMPLETED;
  }

  @Override
  public Observation changePrivilege(
      GuestCpu cpu, GuestOperation operation, Event.PrivilegeChange change) {
    if (interceptsPrivilege) {
      deliver(cpu, change);
    } else {
      monitor.runs(cpu.name(), cpu.set());
    }
    return COMPLETED;
  }

  @Override
  public Observation unseen(GuestCpu cpu, GuestOperation operation, Observation outcome) {
    monitor.runs(cpu.name(), cpu.set());
    return outcome;
  }
}
