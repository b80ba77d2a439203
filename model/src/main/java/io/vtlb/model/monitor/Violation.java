package io.vtlb.model.monitor;

import io.vtlb.model.rule.Rule;

/**
 * One broken rule at one step.
 *
 * @param rule the rule
 * @param reason what was found against what is right, in one sentence
 */
public record Violation(Rule rule, String reason) {}
