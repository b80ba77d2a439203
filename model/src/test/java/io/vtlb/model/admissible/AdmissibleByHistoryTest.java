package io.vtlb.model.admissible;

import io.vtlb.model.admissible.RandomHistories.History;
import io.vtlb.model.paging.PagingMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * What a TLB may hold is the same by saturation and by history, after each step of random
 * histories, in every mode.
 */
class AdmissibleByHistoryTest {

  private static final int TRIES = 1_500;

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void withoutPaging(@ForAll("none") History history) {
    compare(history);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(onFailureOnly = true)
  void with32BitPaging(@ForAll("twoLevel") History history) {
    BothForms forms = compare(history);
    atLeast(15, "a stale translation at the end", forms.holdsStale());
    atLeast(0.5, "a large page held in part", forms.heldLargePageInPart());
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(onFailureOnly = true)
  void withPaePaging(@ForAll("pae") History history) {
    BothForms forms = compare(history);
    atLeast(15, "a stale translation at the end", forms.holdsStale());
    atLeast(0.5, "a large page held in part", forms.heldLargePageInPart());
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(onFailureOnly = true)
  void with4LevelPaging(@ForAll("fourLevel") History history) {
    assertVaried(compare(history));
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(onFailureOnly = true)
  void with5LevelPaging(@ForAll("fiveLevel") History history) {
    assertVaried(compare(history));
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(onFailureOnly = true)
  void fromModeToMode(@ForAll("mixed") History history) {
    BothForms forms = compare(history);
    atLeast(5, "a stale translation at the end", forms.holdsStale());
  }

  private static void assertVaried(BothForms forms) {
    atLeast(15, "a stale translation at the end", forms.holdsStale());
    atLeast(0.5, "a large page held in part", forms.heldLargePageInPart());
    atLeast(2, "a translation of another PCID in use", forms.heldOfOtherContext());
  }

  private static void atLeast(double percent, String label, boolean seen) {
    Statistics.label(label)
        .collect(seen)
        .coverage(coverage -> coverage.check(true).percentage(share -> share > percent));
  }

  static BothForms compare(History history) {
    BothForms forms = new BothForms(history);
    forms.assertAlike();
    for (HistoryStep step : history.steps()) {
      forms.apply(step);
      forms.assertAlike();
    }
    return forms;
  }

  @Provide
  Arbitrary<History> none() {
    return RandomHistories.in(PagingMode.NONE);
  }

  @Provide
  Arbitrary<History> twoLevel() {
    return RandomHistories.in(PagingMode.TWO_LEVEL);
  }

  @Provide
  Arbitrary<History> pae() {
    return RandomHistories.in(PagingMode.PAE);
  }

  @Provide
  Arbitrary<History> fourLevel() {
    return RandomHistories.in(PagingMode.FOUR_LEVEL);
  }

  @Provide
  Arbitrary<History> fiveLevel() {
    return RandomHistories.in(PagingMode.FIVE_LEVEL);
  }

  @Provide
  Arbitrary<History> mixed() {
    return RandomHistories.mixed();
  }
}
