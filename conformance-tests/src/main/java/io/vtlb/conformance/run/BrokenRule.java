package io.vtlb.conformance.run;

import io.vtlb.model.monitor.Violation;
import java.util.Optional;

/** Unwinds a run to its end at the first violation; never leaves this package. */
final class BrokenRule extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Violation violation;

  private BrokenRule(Violation violation) {
    super(violation.reason(), null, false, false);
    this.violation = violation;
  }

  Violation violation() {
    return violation;
  }

  static void check(Optional<Violation> violation) {
    if (violation.isPresent()) {
      throw new BrokenRule(violation.get());
    }
  }
}
