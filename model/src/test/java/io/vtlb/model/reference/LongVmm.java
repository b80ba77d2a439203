package io.vtlb.model.reference;

import io.vtlb.model.control.RegisterWrite;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
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
import io.vtlb.model.target.GuestMemory;
import java.util.List;

/** The reference VMM with one machine whose entries have eight bytes, and its events. */
final class LongVmm {

  static final Vcpu CPU = new Vcpu(0, 0);

  private final LongGuest guest;
  private final ReferenceVmm vmm = new ReferenceVmm();
  private ControlState control;

  LongVmm(LongGuest guest, ControlState control, GuestMemory memory) {
    this.guest = guest;
    this.control = control;
    vmm.create(guest.blueprint(1, control, Profile.GENERIC_64), memory);
  }

  static LongVmm in(ControlState control) {
    LongGuest guest = new LongGuest(0);
    return new LongVmm(guest, control, guest.memory());
  }

  static LongVmm inPae() {
    LongGuest guest = new LongGuest(0);
    return new LongVmm(guest, guest.pae(), guest.memory());
  }

  LongGuest guest() {
    return guest;
  }

  ControlState control() {
    return control;
  }

  /** The guest maps a page by its index in the first tree. */
  LongVmm map(int index, long frame, String flags) {
    guest.put(LongGuest.TABLE, index, LongGuest.entry(frame, flags));
    return this;
  }

  Response fault(long page, AccessKind kind, PrivilegeSet set, int pkru) {
    Access access = new Access((page << PageSize.BASE_SHIFT) + 0x24, kind, set, pkru, 4);
    return vmm.handle(new Event.PageFault(CPU, access, new FaultCode(0), 0));
  }

  Response load(long page) {
    return fault(page, AccessKind.LOAD, PrivilegeSet.SUPERVISOR, 0);
  }

  Response store(long page) {
    return fault(page, AccessKind.STORE, PrivilegeSet.SUPERVISOR, 0);
  }

  Response invalidatePcid(InvalidationType type, int pcid, long page) {
    return vmm.handle(new Event.InvalidatePcid(CPU, type, pcid, page << PageSize.BASE_SHIFT));
  }

  Response write(ControlRegister register, long value) {
    ControlState before = control;
    control =
        RegisterWrite.of(register, value, before, Profile.GENERIC_64, guest.memory()).orElseThrow();
    return vmm.handle(new Event.ControlWrite(CPU, register, value, before, control));
  }

  /** Inverts bits of a register. */
  Response toggle(ControlRegister register, long bits) {
    return write(register, control.get(register) ^ bits);
  }

  /** What the active structure of a privilege set shows, as reports show it, by page. */
  List<String> shown(PrivilegeSet set) {
    return vmm.activeEntries(CPU, set).stream().map(Object::toString).toList();
  }

  List<String> shown() {
    return shown(PrivilegeSet.SUPERVISOR);
  }

  /** An entry as reports show it. */
  String entryTo(long page, long frame, String rights) {
    return "page 0x%x -> host frame 0x%x %s"
        .formatted(page & (-1L >>> PageSize.BASE_SHIFT), guest.host(frame), rights);
  }
}
