package io.vtlb.model.admissible;

import io.vtlb.model.admissible.RandomHistories.History;
import io.vtlb.model.paging.PagingMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** {@link AdmissibleByHistoryTest} for long: {@code mvn verify -Psoak}. */
@Tag("soak")
class AdmissibleByHistorySoakTest {

  private static final int TRIES = 100_000;

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void withoutPaging(@ForAll("none") History history) {
    AdmissibleByHistoryTest.compare(history);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void with32BitPaging(@ForAll("twoLevel") History history) {
    AdmissibleByHistoryTest.compare(history);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void withPaePaging(@ForAll("pae") History history) {
    AdmissibleByHistoryTest.compare(history);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void with4LevelPaging(@ForAll("fourLevel") History history) {
    AdmissibleByHistoryTest.compare(history);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void with5LevelPaging(@ForAll("fiveLevel") History history) {
    AdmissibleByHistoryTest.compare(history);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void fromModeToMode(@ForAll("mixed") History history) {
    AdmissibleByHistoryTest.compare(history);
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
