package io.vtlb.model.monitor;

import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.target.ActiveEntry;

/**
 * Whether an active entry permits no more than a guest translation grants to a privilege set, dirty
 * bits aside.
 *
 * <p>Source: claims 1, 12 and 14; Intel SDM vol. 3, 4.6.
 */
final class Grant {

  private Grant() {}

  static boolean covers(Step step, PrivilegeSet set, Translation translation, ActiveEntry entry) {
    return entry.rights().within(Permission.resolve(translation.rights(), set, step.control()))
        && keyIsRight(step, translation, entry);
  }

  /**
   * PKRU applies to data accesses to what the processor takes for a user page, by the key that it
   * finds there.
   */
  private static boolean keyIsRight(Step step, Translation translation, ActiveEntry entry) {
    return !step.control().protectionKeys()
        || !translation.rights().user()
        || (!entry.rights().read() && !entry.rights().write())
        || entry.key() == translation.key();
  }
}
