package io.vtlb.model.admissible;

import io.vtlb.model.admissible.RandomHistories.History;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * What a TLB may hold is the same by saturation and by history, after each step of random
 * histories.
 */
class AdmissibleByHistoryTest {

  @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(onFailureOnly = true)
  void bothFormsAgree(@ForAll("histories") History history) {
    BothForms forms = compare(history);
    Statistics.label("a stale translation at the end")
        .collect(forms.holdsStale())
        .coverage(coverage -> coverage.check(true).percentage(percentage -> percentage > 25));
    Statistics.label("a large page held in part at the end")
        .collect(forms.holdsLargePageInPart())
        .coverage(coverage -> coverage.check(true).percentage(percentage -> percentage > 3));
  }

  @Property(tries = 200_000, edgeCases = EdgeCasesMode.NONE)
  @Tag("soak")
  void bothFormsAgreeForLong(@ForAll("histories") History history) {
    compare(history);
  }

  private static BothForms compare(History history) {
    BothForms forms = new BothForms(history);
    forms.assertAlike();
    for (HistoryStep step : history.steps()) {
      forms.apply(step);
      forms.assertAlike();
    }
    return forms;
  }

  @Provide
  Arbitrary<History> histories() {
    return RandomHistories.histories();
  }
}
