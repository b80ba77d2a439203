package io.vtlb.model.reference;

import io.vtlb.model.control.Invpcid;
import io.vtlb.model.control.RegisterWrite;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.monitor.LongGuest;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.model.monitor.Violation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import java.util.EnumSet;
import java.util.Optional;

/**
 * The reference VMM with a machine of two virtual CPUs, played by a processor that caches nothing,
 * each step judged by the monitor.
 */
final class PlayedVmm {

  private static final int MOST_EVENTS = 8;
  private static final int CPUS = 2;
  private static final Profile PROFILE = Profile.GENERIC_64;

  private final LongGuest guest;
  private final ReferenceVmm vmm = new ReferenceVmm();
  private final Monitor monitor;
  private final ControlState[] control = new ControlState[CPUS];
  private final int[] cpl = new int[CPUS];
  private final boolean[] alignmentCheck = new boolean[CPUS];
  private final int[] pkru = new int[CPUS];
  private int cpu;

  PlayedVmm(LongGuest guest, ControlState initial) {
    this.guest = guest;
    monitor = new Monitor(new Walker(PROFILE), vmm.describe(), EnumSet.allOf(Rule.class));
    var blueprint = guest.blueprint(CPUS, initial, PROFILE);
    vmm.create(blueprint, monitor.watch(blueprint, guest.memory()));
    for (int index = 0; index < CPUS; index++) {
      control[index] = initial;
    }
    check(monitor.created(vmm, 0));
  }

  LongGuest guest() {
    return guest;
  }

  /** How often a rule would have shown. */
  long exercised(Rule rule) {
    return monitor.tally().exercised(rule);
  }

  ControlState control() {
    return control[cpu];
  }

  private Vcpu name() {
    return new Vcpu(0, cpu);
  }

  private PrivilegeSet set() {
    return PrivilegeSet.of(cpl[cpu], alignmentCheck[cpu], control());
  }

  /** The guest, or another agent, writes memory. */
  void store(long address, int bytes, long value) {
    guest.memory().store(address, bytes, value);
    monitor.guestStored(0, address, bytes);
  }

  void schedule(int next) {
    if (next != cpu) {
      cpu = next;
      monitor.runs(name(), set());
      check(monitor.resumed(vmm, name()));
    }
  }

  void setAlignmentCheck(boolean on) {
    alignmentCheck[cpu] = on;
    monitor.runs(name(), set());
  }

  void setPkru(int value) {
    pkru[cpu] = value;
  }

  void changePrivilege(int to) {
    int from = cpl[cpu];
    cpl[cpu] = to;
    deliver(new Event.PrivilegeChange(name(), from, to));
  }

  void invalidatePage(long page) {
    if (cpl[cpu] == 0 && exists(page)) {
      deliver(new Event.InvalidatePage(name(), page << PageSize.BASE_SHIFT));
    }
  }

  void invalidatePcid(InvalidationType type, int pcid, long page) {
    long address = page << PageSize.BASE_SHIFT;
    if (cpl[cpu] == 0 && exists(page) && Invpcid.isLegal(type, pcid, address, control())) {
      deliver(new Event.InvalidatePcid(name(), type, pcid, address));
    }
  }

  /** A write to a control register, if it is legal. */
  void write(ControlRegister register, long value) {
    ControlState before = control();
    Optional<ControlState> after =
        RegisterWrite.of(register, value, before, PROFILE, guest.memory());
    if (cpl[cpu] == 0 && after.isPresent()) {
      control[cpu] = after.get();
      deliver(new Event.ControlWrite(name(), register, value, before, after.get()));
    }
  }

  /** An access of four bytes, tried until it completes or the guest has a fault of its own. */
  void access(long page, AccessKind kind, long value) {
    if (!exists(page)) {
      return;
    }
    Access access = new Access((page << PageSize.BASE_SHIFT) + 0x24, kind, set(), pkru[cpu], 4);
    for (int events = 0; events < MOST_EVENTS; events++) {
      Optional<ActiveEntry> entry =
          vmm.activeEntries(name(), set()).stream()
              .filter(one -> one.covers(page) && one.permits(access, control()))
              .findFirst();
      if (entry.isPresent()) {
        if (access.isStore()) {
          long frame = guest.hostMap().guestFrame(entry.get().hostFrame(page));
          store(PageSize.address(frame, PageSize.offset(access.address())), 4, value);
        }
        check(monitor.accessEnded(name(), access, events, true));
        return;
      }
      long written = access.isStore() ? value : 0;
      Event fault = new Event.PageFault(name(), access, new FaultCode(0), written);
      if (!(deliver(fault).action() instanceof Action.Resume)) {
        return;
      }
    }
    check(monitor.accessEnded(name(), access, MOST_EVENTS, false));
  }

  private boolean exists(long page) {
    return PagingMode.of(control()).canonicalPage(page) == page;
  }

  private Response deliver(Event event) {
    monitor.runs(name(), set());
    monitor.begin(event);
    Response response = vmm.handle(event);
    check(monitor.answered(vmm, response));
    return response;
  }

  private static void check(Optional<Violation> violation) {
    if (violation.isPresent()) {
      throw new AssertionError(violation.get().toString());
    }
  }
}
