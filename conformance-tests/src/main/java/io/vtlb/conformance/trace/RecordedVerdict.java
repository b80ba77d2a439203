package io.vtlb.conformance.trace;

import io.vtlb.model.target.ObservationLevel;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What was found when a trace was judged.
 *
 * @param target the name of what was tested
 * @param level how much of itself it showed
 * @param outcome how the run ended
 * @param rule the rule that is broken, for example {@code TLB-1}; present for a violation only
 * @param step the operation at which it is broken, from 1, or 0 before the first; if the target
 *     conforms, the last operation judged
 * @param reason the finding in words
 */
public record RecordedVerdict(
    String target,
    ObservationLevel level,
    Outcome outcome,
    Optional<String> rule,
    int step,
    String reason) {

  /** How a judged run ended. */
  public enum Outcome {
    CONFORMS,
    VIOLATION,
    /** The target threw an exception or returned an impossible value. */
    CRASH
  }

  static final Pattern RULE = Pattern.compile("[A-Z]+-[0-9]+");

  public RecordedVerdict {
    if (rule.isPresent() && !RULE.matcher(rule.get()).matches()) {
      throw new IllegalArgumentException("a rule has a name such as TLB-1, not " + rule.get());
    }
    if (rule.isPresent() != (outcome == Outcome.VIOLATION)) {
      throw new IllegalArgumentException("a violation, and nothing else, names a rule: " + outcome);
    }
    if (step < 0) {
      throw new IllegalArgumentException("steps count from 0: " + step);
    }
  }
}
