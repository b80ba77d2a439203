package io.vtlb.model.monitor;

import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.paging.Translation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The translations that were admissible once, each with the obligation that ended it; newest last.
 */
final class DroppedTranslations {

  private record Dropped(Translation translation, Invalidation.Row row) {}

  private final List<Dropped> dropped = new ArrayList<>();
  private Optional<Invalidation.Row> identityEnded = Optional.empty();

  void add(List<Translation> translations, Invalidation.Row row) {
    for (Translation translation : translations) {
      dropped.add(new Dropped(translation, row));
    }
  }

  /** Notes that nothing of the time without paging, where pages are frames, may be used. */
  void addIdentity(Invalidation.Row row) {
    identityEnded = Optional.of(row);
  }

  /** True if a large translation of this page was admissible once. */
  boolean holdsLargePage(long page) {
    for (Dropped one : dropped) {
      if (one.translation().pages() > 1 && one.translation().covers(page)) {
        return true;
      }
    }
    return false;
  }

  /** The guest frames that a page was translated to once, without repetition. */
  Set<Long> framesOf(long page) {
    Set<Long> frames = new LinkedHashSet<>();
    for (Dropped one : dropped) {
      if (one.translation().covers(page)) {
        frames.add(one.translation().frame(page));
      }
    }
    if (identityEnded.isPresent()) {
      frames.add(page);
    }
    return frames;
  }

  /** The latest obligation that ended a translation of this page to this guest frame. */
  Optional<Invalidation.Row> rowThatEnded(long page, long frame, Predicate<Translation> fitting) {
    for (int i = dropped.size() - 1; i >= 0; i--) {
      Translation translation = dropped.get(i).translation();
      if (translation.covers(page)
          && translation.frame(page) == frame
          && fitting.test(translation)) {
        return Optional.of(dropped.get(i).row());
      }
    }
    return page == frame ? identityEnded : Optional.empty();
  }
}
