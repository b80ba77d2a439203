package io.vtlb.model.monitor;

import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.target.ActiveEntry;
import java.util.Optional;

/**
 * Whether an active entry matches the guest's structure as memory stands: the frame is right and
 * the rights, with the protection key that limits them, are no more than the guest's for that
 * privilege set. Withheld rights and absence are no mismatch.
 *
 * <p>Source: claims 5, 6, 18, 19, 29 and 30.
 */
final class GuestMatch {

  private final Step step;

  GuestMatch(Step step) {
    this.step = step;
  }

  boolean matches(PrivilegeSet set, ActiveEntry entry) {
    for (long page = entry.page(); page < entry.page() + entry.pages(); ) {
      Optional<Translation> guest = translation(page);
      if (guest.isEmpty()
          || step.machine().hostMap().hostFrame(guest.get().frame(page)) != entry.hostFrame(page)
          || !Grant.covers(step, set, guest.get(), entry)) {
        return false;
      }
      page += alike(guest.get(), entry, page);
    }
    return true;
  }

  /** Like {@link #matches}, or through a partial walk that may be cached (docs/adr/0007). */
  boolean matchesByAnyWalk(PrivilegeSet set, ActiveEntry entry) {
    if (matches(set, entry)) {
      return true;
    }
    for (PartialWalk walk : step.vcpu().admissible().walks()) {
      if (walk.leadsTo(entry.page(), step.mode()) && matchesFrom(walk, set, entry)) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesFrom(PartialWalk walk, PrivilegeSet set, ActiveEntry entry) {
    GuestWalk rest =
        step.walker().walkFrom(walk, step.machine().memory(), step.control(), entry.page());
    return entry.pages() == 1
        && rest.end() instanceof GuestWalk.End.Reached(Translation guest)
        && step.machine().hostMap().hostFrame(guest.frame(entry.page())) == entry.hostFrame()
        && Grant.covers(step, set, guest, entry);
  }

  /** The guest's translation of a linear page, numbered in 4 KiB, by a walk from the root. */
  Optional<Translation> translation(long page) {
    GuestWalk walk = step.walker().walk(step.machine().memory(), step.control(), page);
    return walk.end() instanceof GuestWalk.End.Reached(Translation translation)
        ? Optional.of(translation)
        : Optional.empty();
  }

  /** How many pages from this one on lie alike on the host. */
  private long alike(Translation guest, ActiveEntry entry, long page) {
    long both = Admissibility.pagesInBoth(guest, entry, page);
    return step.machine().hostMap().contiguous(guest.frame(page), both) ? both : 1;
  }
}
