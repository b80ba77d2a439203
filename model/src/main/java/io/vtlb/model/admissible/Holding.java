package io.vtlb.model.admissible;

import io.vtlb.model.paging.Translation;
import java.util.HashSet;
import java.util.Set;

/**
 * One admissible translation less the base pages that were dropped from it, since a large page may
 * be cached in fragments; and the base pages that it denies no more, since it has done so.
 */
final class Holding {

  private final Translation translation;
  private Set<Long> dropped = Set.of();
  private Set<Long> silenced = Set.of();

  Holding(Translation translation) {
    this.translation = translation;
  }

  Translation translation() {
    return translation;
  }

  boolean holds(long page) {
    return dropped.isEmpty() || !dropped.contains(page);
  }

  boolean isWhole() {
    return dropped.isEmpty();
  }

  /** Forgets one page of a large translation; says whether it was held until now. */
  boolean drop(long page) {
    if (dropped.isEmpty()) {
      dropped = new HashSet<>();
    }
    return dropped.add(page);
  }

  boolean mayDeny(long page) {
    return !silenced.contains(page);
  }

  /** From now on an access to a page that it covers is not denied by it. */
  void silence(long page) {
    if (silenced.isEmpty()) {
      silenced = new HashSet<>();
    }
    silenced.add(page);
  }

  void refill() {
    dropped = Set.of();
    silenced = Set.of();
  }
}
