package io.vtlb.conformance.trace;

import io.vtlb.model.target.ObservationLevel;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What was found when a trace was judged.
 *
 * @param target the name of what was tested
 * @param level how much of itself it showed
 * @param rule the rule that is broken, for example {@code TLB-1}; nothing if the target conforms
 * @param step the operation at which it is broken, from 1, or 0 before the first; if the target
 *     conforms, the last operation judged
 * @param reason the finding in words
 */
public record RecordedVerdict(
    String target, ObservationLevel level, Optional<String> rule, int step, String reason) {

  static final Pattern RULE = Pattern.compile("[A-Z]+-[0-9]+");

  public RecordedVerdict {
    if (rule.isPresent() && !RULE.matcher(rule.get()).matches()) {
      throw new IllegalArgumentException("a rule has a name such as TLB-1, not " + rule.get());
    }
    if (step < 0) {
      throw new IllegalArgumentException("steps count from 0: " + step);
    }
  }
}
