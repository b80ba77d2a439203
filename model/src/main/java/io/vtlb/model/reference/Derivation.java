package io.vtlb.model.reference;

import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import java.util.Optional;

/** Derives active entries from guest translations (claims 1, 14, 24 and 28). */
final class Derivation {

  private final VirtualMachine machine;
  private final ControlState control;
  private final PrivilegeSet set;

  Derivation(VirtualMachine machine, ControlState control, PrivilegeSet set) {
    this.machine = machine;
    this.control = control;
    this.set = set;
  }

  /**
   * The active entry of one linear page of a guest translation, or nothing where no memory stands
   * behind its frame or the privilege set may do nothing with it. Writes are withheld while the
   * guest's leaf is clean, so that the first store traps and D can be set, and where the host
   * forbids them or asks to know of them.
   */
  Optional<DerivedEntry> derive(Translation guest, long page) {
    long frame = guest.frame(page);
    long hostFrame = machine.hostMap().hostFrame(frame);
    AccessRights granted = Permission.resolve(guest.rights(), set, control);
    AccessRights rights =
        new AccessRights(
            granted.read(),
            granted.write() && guest.dirty() && hostPermitsStores(frame),
            granted.execute());
    return hostFrame == HostMap.NO_FRAME || rights.none()
        ? Optional.empty()
        : Optional.of(
            new DerivedEntry(new ActiveEntry(page, 1, hostFrame, rights, keyOf(guest)), guest));
  }

  private boolean hostPermitsStores(long frame) {
    return !machine.hostMap().readOnly(frame) && machine.dirtyLog().permits(frame);
  }

  /** PKRU is the guest's to change unseen, so the processor applies it, by the guest's own key. */
  private int keyOf(Translation guest) {
    return control.protectionKeys() && guest.rights().user() ? guest.key() : ActiveEntry.NO_KEY;
  }
}
