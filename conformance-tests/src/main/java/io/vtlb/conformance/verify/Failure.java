package io.vtlb.conformance.verify;

import io.vtlb.model.monitor.Violation;

/**
 * One sequence that broke a rule.
 *
 * @param sequence its number in the run, from 0
 * @param operations how many operations were performed, the guilty one included
 */
public record Failure(long sequence, int operations, Violation violation) {}
