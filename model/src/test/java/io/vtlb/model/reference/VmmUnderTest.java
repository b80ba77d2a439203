package io.vtlb.model.reference;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.GuestMemory;
import java.util.List;

/**
 * The reference VMM with one machine, whose directory leads to one table, and the events that it is
 * given.
 */
final class VmmUnderTest {

  static final Vcpu CPU = new Vcpu(0, 0);

  private final ExampleGuest guest;
  private final ReferenceVmm vmm = new ReferenceVmm();
  private ControlState control = ExampleGuest.CONTROL;

  VmmUnderTest() {
    this(new ExampleGuest(0));
  }

  private VmmUnderTest(ExampleGuest guest) {
    this(guest, guest.memory());
  }

  VmmUnderTest(ExampleGuest guest, GuestMemory memory) {
    this.guest = guest;
    guest.entry(ExampleGuest.ROOT, 0, ExampleGuest.TABLE, "PWU");
    vmm.create(guest.blueprint(1, control), memory);
  }

  ExampleGuest guest() {
    return guest;
  }

  ReferenceVmm vmm() {
    return vmm;
  }

  /** The guest writes an entry of its table. */
  VmmUnderTest map(int index, long frame, String flags) {
    guest.entry(ExampleGuest.TABLE, index, frame, flags);
    return this;
  }

  /** An entry of a table as memory has it. */
  int entry(long table, int index) {
    return guest.memory().word(ExampleGuest.address(table, index));
  }

  Response fault(long page, AccessKind kind, PrivilegeSet set) {
    Access access = new Access(PageSize.address(page, 0x24), kind, set);
    return vmm.handle(new Event.PageFault(CPU, access, new FaultCode(0), 0));
  }

  Response load(long page) {
    return fault(page, AccessKind.LOAD, PrivilegeSet.SUPERVISOR);
  }

  Response store(long page) {
    return fault(page, AccessKind.STORE, PrivilegeSet.SUPERVISOR);
  }

  Response invalidate(long page) {
    return vmm.handle(new Event.InvalidatePage(CPU, PageSize.address(page, 0x24)));
  }

  Response write(ControlRegister register, long value) {
    ControlState before = control;
    control = before.with(register, value);
    return vmm.handle(new Event.ControlWrite(CPU, register, before, control));
  }

  Response reloadRoot() {
    return write(ControlRegister.CR3, control.cr3());
  }

  Response changePrivilege(int from, int to) {
    return vmm.handle(new Event.PrivilegeChange(CPU, from, to));
  }

  /** What the active structure of a privilege set shows, as reports show it, by page. */
  List<String> shown(PrivilegeSet set) {
    return vmm.activeEntries(CPU, set).stream().map(Object::toString).toList();
  }

  /** An entry as reports show it. */
  String entryTo(long page, long frame, String rights) {
    return "page 0x%x -> host frame 0x%x %s".formatted(page, guest.host(frame), rights);
  }
}
