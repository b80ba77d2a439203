package io.vtlb.model.reference;

import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.target.ActiveEntry;

/**
 * A valid active entry with the guest translation that it was derived from.
 *
 * @param entry what the processor sees, one base page
 * @param source the guest's translation, which may be for a larger page
 */
record DerivedEntry(ActiveEntry entry, Translation source) {

  /** The same entry with the write right withheld. */
  DerivedEntry withoutWrite() {
    AccessRights rights = entry.rights();
    return rights.write()
        ? new DerivedEntry(
            new ActiveEntry(
                entry.page(),
                entry.pages(),
                entry.hostFrame(),
                new AccessRights(rights.read(), false, rights.execute()),
                entry.key()),
            source)
        : this;
  }
}
