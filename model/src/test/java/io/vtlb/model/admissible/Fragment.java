package io.vtlb.model.admissible;

import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.WalkRights;

/** What a TLB entry says of one base page, whichever form of the definition found it. */
record Fragment(long frame, WalkRights rights, int key, int pcid, boolean global, boolean dirty) {

  static Fragment of(Translation translation, long page) {
    return new Fragment(
        translation.frame(page),
        translation.rights(),
        translation.key(),
        translation.pcid(),
        translation.global(),
        translation.dirty());
  }
}
