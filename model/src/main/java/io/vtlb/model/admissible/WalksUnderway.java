package io.vtlb.model.admissible;

import io.vtlb.model.machine.Access;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Walker;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every point that the walks of one access may have reached while memory changes under them: each
 * entry may have been read before a change or after it, in the order of the levels.
 *
 * <p>Source: Intel SDM vol. 3, 4.10.2 and 4.10.3; a walk reads its entries one after another.
 */
public final class WalksUnderway {

  private final Access access;
  private final AdmissibleTranslations admissible;
  private final Walker walker;
  private final GuestPhysicalMemory memory;
  private final Set<PartialWalk> fromRoot = new LinkedHashSet<>();
  private final Set<PartialWalk> fromCaches = new LinkedHashSet<>();

  /** The walks of an access at the root, or at a partial walk that may be held. */
  public WalksUnderway(
      Access access, AdmissibleTranslations admissible, Walker walker, GuestPhysicalMemory memory) {
    this.access = access;
    this.admissible = admissible;
    this.walker = walker;
    this.memory = memory;
    fromRoot.add(admissible.root());
  }

  /** Lets each walk go as far as it may with memory as it is now. */
  public void advance() {
    for (PartialWalk walk : admissible.walks()) {
      if (walk.leadsTo(access.page(), admissible.mode())) {
        fromCaches.add(walk);
      }
    }
    List.copyOf(fromRoot).forEach(walk -> advance(walk, fromRoot));
    List.copyOf(fromCaches).forEach(walk -> advance(walk, fromCaches));
  }

  private void advance(PartialWalk start, Set<PartialWalk> reached) {
    PagingMode mode = admissible.mode();
    PartialWalk at = start;
    List<GuestWalk.Step> steps = walk(start).steps();
    for (int read = 0; read + 1 < steps.size(); read++) {
      at = walker.table(at, steps.get(read).entry(), mode, access.page());
      reached.add(at);
    }
  }

  /** The ways of the access if its walks go on with memory as it is now. */
  public Ways ways() {
    Ways now = Ways.of(access, admissible, walker, memory);
    for (PartialWalk walk : fromRoot) {
      now = now.or(Way.Origin.WALK, walk(walk), admissible.control());
    }
    for (PartialWalk walk : fromCaches) {
      now = now.orCached(walk(walk), admissible.control(), walker);
    }
    return now;
  }

  private GuestWalk walk(PartialWalk start) {
    return walker.walkFrom(start, memory, admissible.control(), access.page());
  }
}
