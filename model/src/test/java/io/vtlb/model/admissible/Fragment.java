package io.vtlb.model.admissible;

import io.vtlb.model.paging.Translation;

/** What a TLB entry says of one base page, whichever form of the definition found it. */
record Fragment(
    long frame, boolean writable, boolean user, boolean executable, boolean global, boolean dirty) {

  static Fragment of(Translation translation, long page) {
    return new Fragment(
        translation.frame(page),
        translation.rights().writable(),
        translation.rights().user(),
        translation.rights().executable(),
        translation.global(),
        translation.dirty());
  }
}
