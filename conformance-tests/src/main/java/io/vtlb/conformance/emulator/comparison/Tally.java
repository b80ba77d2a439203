package io.vtlb.conformance.emulator.comparison;

import io.vtlb.model.paging.PagingMode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What came of the probes of one mode, counted. */
public final class Tally {

  private final PagingMode mode;
  private final Map<KnownDeviation, Long> known = new EnumMap<>(KnownDeviation.class);
  private long agree;
  private long explained;
  private long deviations;

  Tally(PagingMode mode) {
    this.mode = mode;
  }

  void agree() {
    agree++;
  }

  void explained(Set<KnownDeviation> by) {
    explained++;
    by.forEach(deviation -> known.merge(deviation, 1L, Long::sum));
  }

  void deviates() {
    deviations++;
  }

  public PagingMode mode() {
    return mode;
  }

  /** How many probes were compared. */
  public long probes() {
    return agree + explained + deviations;
  }

  /** How many results the model admits. */
  public long agreeing() {
    return agree;
  }

  /** How many results the ledger explains; several entries may take part in one. */
  public long explained() {
    return explained;
  }

  /** How many results each entry of the ledger takes part in; none where that is zero. */
  public Map<KnownDeviation, Long> known() {
    return Collections.unmodifiableMap(known);
  }

  /** How many results neither the model admits nor the ledger explains. */
  public long deviations() {
    return deviations;
  }
}
