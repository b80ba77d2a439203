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

  private final HostMap hostMap;
  private final ControlState control;
  private final PrivilegeSet set;

  Derivation(HostMap hostMap, ControlState control, PrivilegeSet set) {
    this.hostMap = hostMap;
    this.control = control;
    this.set = set;
  }

  /**
   * The active entry of one linear page of a guest translation, or nothing where no memory stands
   * behind its frame or the privilege set may do nothing with it. Writes are withheld while the
   * guest's leaf is clean, so that the first store traps and D can be set.
   */
  Optional<DerivedEntry> derive(Translation guest, long page) {
    long hostFrame = hostMap.hostFrame(guest.frame(page));
    AccessRights granted = Permission.resolve(guest.rights(), set, control);
    AccessRights rights =
        new AccessRights(granted.read(), granted.write() && guest.dirty(), granted.execute());
    return hostFrame == HostMap.NO_FRAME || rights.none()
        ? Optional.empty()
        : Optional.of(
            new DerivedEntry(new ActiveEntry(page, 1, hostFrame, rights, keyOf(guest)), guest));
  }

  /** PKRU is the guest's to change unseen, so the processor applies it, by the guest's own key. */
  private int keyOf(Translation guest) {
    return control.protectionKeys() && guest.rights().user() ? guest.key() : ActiveEntry.NO_KEY;
  }
}
