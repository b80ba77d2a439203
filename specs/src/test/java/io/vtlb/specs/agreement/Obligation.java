package io.vtlb.specs.agreement;

import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.admissible.Invalidation.Scope;
import io.vtlb.model.paging.Translation;

/** What an invalidation, as the model states it, makes of one cached translation. */
final class Obligation {

  private Obligation() {}

  /** Whether it names what is cached for a page. */
  static boolean names(Invalidation invalidation, Translation cached, long at) {
    boolean inScope =
        switch (invalidation.scope()) {
          case Scope.Everywhere() -> true;
          case Scope.OnePage(long page, boolean everyWalk, boolean allFragments) ->
              allFragments ? cached.covers(page) : page == at;
          case Scope.WalksTo(long page) -> false;
          case Scope.Nowhere() -> false;
        };
    boolean inContext = invalidation.contexts().include(cached.pcid());
    return inScope
        && switch (invalidation.globals()) {
          case KEPT -> inContext && !cached.global();
          case OF_CONTEXTS -> inContext;
          case ALL -> inContext || cached.global();
        };
  }
}
