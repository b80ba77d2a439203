package io.vtlb.conformance.cell;

import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.GuestWalk.End;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import io.vtlb.specs.cell.Before;
import org.jspecify.annotations.Nullable;

/**
 * What an active entry is beside what the guest's structure and the host give: {@code before-of} of
 * the specification.
 *
 * @param machine the machine, with what its host asks for
 * @param control the control state of the virtual CPU
 * @param set the privilege set of the slot
 * @param page the linear page of the slot, numbered in 4 KiB
 */
record EntryComparison(MeteredMachine machine, ControlState control, PrivilegeSet set, long page) {

  /** Compares an entry of the slot with a walk of its page. */
  Before of(@Nullable ActiveEntry entry, GuestWalk walk) {
    if (entry == null) {
      return Before.ABSENT;
    }
    return walk.end() instanceof End.Reached(Translation guest)
        ? ofReached(entry, guest)
        : Before.STALE;
  }

  private Before ofReached(ActiveEntry entry, Translation guest) {
    HostMap host = machine.hostMap();
    long frame = guest.frame(page);
    long behind = host.hostFrame(frame);
    if (behind == HostMap.NO_FRAME || entry.hostFrame(page) != behind) {
      return Before.STALE;
    }
    AccessRights granted = Permission.resolve(guest.rights(), set, control);
    AccessRights has = entry.rights();
    boolean write = granted.write() && guest.dirty() && !host.readOnly(frame);
    AccessRights most = new AccessRights(granted.read(), write, granted.execute());
    if (most.none() || !has.within(most) || entry.key() != keyOf(guest)) {
      return Before.EXCESSIVE;
    }
    // A design may tell its host of stores before there are any; so the right to write is never too
    // much for the log's sake, and HOST-3 sees to it that the host is told.
    boolean mayLack = machine.logs(frame);
    AccessRights due = new AccessRights(granted.read(), write && !mayLack, granted.execute());
    if (!due.within(has)) {
      return Before.LACKING;
    }
    return granted.write() && !has.write() ? Before.WITHHELD : Before.MATCHING;
  }

  private int keyOf(Translation guest) {
    return control.protectionKeys() && guest.rights().user() ? guest.key() : ActiveEntry.NO_KEY;
  }
}
