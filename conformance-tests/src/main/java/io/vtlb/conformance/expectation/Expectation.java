package io.vtlb.conformance.expectation;

import io.vtlb.model.monitor.Violation;
import io.vtlb.model.rule.Rule;
import java.util.Optional;

/**
 * A failure that is known.
 *
 * @param rule the rule that is broken
 * @param signature what the failure looks like; any failure of the rule if there is none
 * @param link where it is tracked; {@link #UNFILED} if nowhere yet
 */
public record Expectation(Rule rule, Optional<String> signature, String link) {

  /** Stands for a link that somebody has to fill in. */
  public static final String UNFILED = "unfiled";

  /** True if this is the failure that was expected. */
  public boolean covers(Violation violation) {
    return violation.rule() == rule
        && (signature.isEmpty() || signature.get().equals(FailureSignature.of(violation)));
  }

  /** The rule, with the signature if there is one. */
  public String words() {
    return signature.map(digits -> rule.id() + " (" + digits + ")").orElse(rule.id());
  }
}
