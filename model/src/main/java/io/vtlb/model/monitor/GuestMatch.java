package io.vtlb.model.monitor;

import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.target.ActiveEntry;
import java.util.Optional;

/**
 * Whether an active entry matches the guest's structure as memory stands: the frame is right and
 * the rights are no more than the guest's for that privilege set. Withheld rights and absence are
 * no mismatch.
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
          || !entry
              .rights()
              .within(Permission.resolve(guest.get().rights(), set, step.control()))) {
        return false;
      }
      page += coversAlike(guest.get(), entry) ? entry.pages() : 1;
    }
    return true;
  }

  /** Like {@link #matches}, or through a partial walk that may be cached (docs/adr/0007). */
  boolean matchesByAnyWalk(PrivilegeSet set, ActiveEntry entry) {
    if (matches(set, entry)) {
      return true;
    }
    for (PartialWalk walk : step.vcpu().admissible().walks()) {
      if (walk.leadsTo(entry.page(), step.walker().mode()) && matchesFrom(walk, set, entry)) {
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
        && entry.rights().within(Permission.resolve(guest.rights(), set, step.control()));
  }

  /** The guest's translation of a linear page, numbered in 4 KiB, by a walk from the root. */
  Optional<Translation> translation(long page) {
    GuestWalk walk = step.walker().walk(step.machine().memory(), step.control(), page);
    return walk.end() instanceof GuestWalk.End.Reached(Translation translation)
        ? Optional.of(translation)
        : Optional.empty();
  }

  private boolean coversAlike(Translation guest, ActiveEntry entry) {
    return guest.page() == entry.page()
        && guest.pages() == entry.pages()
        && step.machine().hostMap().contiguous(guest.frame(), guest.pages());
  }
}
