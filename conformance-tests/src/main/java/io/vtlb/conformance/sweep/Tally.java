package io.vtlb.conformance.sweep;

import java.util.ArrayList;
import java.util.List;

/**
 * What has been compared of one mode so far.
 *
 * @param compared how many combinations, from the first on
 * @param disagreements how many of them the two sides disagree on
 * @param shown the numbers of the first of those
 */
public record Tally(long compared, long disagreements, List<Long> shown) {

  /** How many disagreements are kept to be shown in full. */
  public static final int SHOWN = 10;

  /** Nothing compared. */
  public static final Tally NONE = new Tally(0, 0, List.of());

  public Tally {
    shown = List.copyOf(shown);
  }

  /** This and what was compared right after it. */
  Tally plus(Tally next) {
    List<Long> first = new ArrayList<>(shown);
    first.addAll(next.shown.subList(0, Math.min(next.shown.size(), SHOWN - first.size())));
    return new Tally(compared + next.compared, disagreements + next.disagreements, first);
  }

  /** Counts disagreements as they are found. */
  static final class Counter implements SpaceSweep.Disagreeing {

    private final List<Long> shown = new ArrayList<>();
    private final long offset;
    private long disagreements;

    /** Counts those of a space whose first combination has this number. */
    Counter(long offset) {
      this.offset = offset;
    }

    @Override
    public void at(long number, SpaceSweep place) {
      disagreements++;
      if (shown.size() < SHOWN) {
        shown.add(offset + number);
      }
    }

    Tally tally(long compared) {
      return new Tally(compared, disagreements, shown);
    }
  }
}
