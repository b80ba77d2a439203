package io.vtlb.conformance.smoke;

import io.vtlb.conformance.run.Harness;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.trace.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs checks on one target.
 *
 * @param speech how it is spoken to
 */
record Trial(Harness harness, Description description, Speech speech) {

  private static final Set<Rule> RULES = VerificationPlan.everyRule();

  /** True if the target is a whole machine. */
  boolean isMachine() {
    return !description.level().shows(ObservationLevel.ACTIVE_STRUCTURE);
  }

  /** What goes wrong in a check; nothing if it goes well. */
  Optional<Diagnosis> of(Check check) {
    Sequence sequence = check.sequenceFor(description);
    Account account = new Account(sequence.world(), isMachine());
    return Reason.of(harness.run(sequence, RULES, account))
        .map(reason -> {
          List<Exchange> examples = Exemplar.of(sequence, description);
          return new Diagnosis(
              check.parts().getLast().message(), reason, speech.scene(account, examples));
        });
  }
}
