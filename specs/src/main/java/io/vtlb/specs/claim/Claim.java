package io.vtlb.specs.claim;

import io.vtlb.model.rule.Rule;
import java.util.List;
import java.util.stream.Stream;

/**
 * One claim of the method, paraphrased.
 *
 * @param number 1 to 30
 * @param form what kind of thing the claim is about
 * @param dependsOn the claims that it refines; empty for an independent one
 * @param asks what it asks, in our own words
 */
public record Claim(int number, Form form, List<Integer> dependsOn, String asks) {

  /** What a claim is about. */
  public enum Form {
    METHOD,
    APPARATUS,
    SYSTEM,
    MEDIUM
  }

  public Claim {
    dependsOn = List.copyOf(dependsOn);
  }

  /** The rules that come from this claim, in the order of the registry. */
  public List<Rule> rules() {
    return Stream.of(Rule.values()).filter(rule -> rule.claims().contains(number)).toList();
  }
}
