package io.vtlb.conformance.smoke;

import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.model.monitor.Violation;
import java.util.Optional;

/** Why an answer is not right. */
public sealed interface Reason {

  /** There was none, or none that makes sense. */
  record Failed(Misbehaviour misbehaviour) implements Reason {}

  /** It makes sense, and breaks a rule. */
  record Broke(Violation violation) implements Reason {}

  /** What a run ended with, unless it is right. */
  static Optional<Reason> of(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Conforms conforms -> Optional.empty();
      case RunOutcome.Violated violated -> Optional.of(new Broke(violated.violation()));
      case RunOutcome.Misbehaved misbehaved -> Optional.of(new Failed(misbehaved.misbehaviour()));
    };
  }
}
