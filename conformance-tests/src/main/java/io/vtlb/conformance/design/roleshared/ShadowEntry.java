package io.vtlb.conformance.design.roleshared;

import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.WalkRights;
import io.vtlb.model.target.ActiveEntry;
import org.jspecify.annotations.Nullable;

/** A valid entry of a shadow page. */
sealed interface ShadowEntry {

  /** Leads to the shadow page of the next level; it grants everything, the leaves do not. */
  record Link(ShadowPage child) implements ShadowEntry {}

  /**
   * Maps memory.
   *
   * @param frame the first guest frame, stored because the guest's entry may change meanwhile
   * @param hostFrame the first host frame
   * @param access the rights of the whole guest walk
   * @param key the guest's protection key
   * @param writable false while writes are withheld: D=0, a shadowed table, the host's wish
   */
  record Leaf(long frame, long hostFrame, WalkRights access, int key, boolean writable)
      implements ShadowEntry {

    Leaf writeProtected() {
      return new Leaf(frame, hostFrame, access, key, false);
    }

    Leaf granting(WalkRights other) {
      return new Leaf(frame, hostFrame, other, key, writable);
    }

    /** True if nothing that {@code before} granted is lost, so that no processor need forget it. */
    boolean widens(Leaf before) {
      return frame == before.frame
          && hostFrame == before.hostFrame
          && access.equals(before.access)
          && key == before.key
          && (writable || !before.writable);
    }

    /** What the processor sees in one privilege set, or null if that set may do nothing. */
    @Nullable ActiveEntry seen(long page, long pages, PrivilegeSet set, ControlState meaning) {
      AccessRights granted = Permission.resolve(access, set, meaning);
      AccessRights rights =
          new AccessRights(granted.read(), granted.write() && writable, granted.execute());
      int seenKey = meaning.protectionKeys() && access.user() ? key : ActiveEntry.NO_KEY;
      return rights.none()
          ? null
          : new ActiveEntry(page, Math.toIntExact(pages), hostFrame, rights, seenKey);
    }
  }

  /**
   * Remembers that nothing is behind the frame, so that the next access to the device is found
   * without a walk; to the processor it is not present.
   *
   * @param guest what a walk found, for one linear page of those that share the shadow page
   * @param generation the host's memory map that was asked; entries of older ones do not count
   */
  record Device(Translation guest, long generation) implements ShadowEntry {}
}
