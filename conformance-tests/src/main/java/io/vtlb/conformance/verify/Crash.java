package io.vtlb.conformance.verify;

import io.vtlb.conformance.run.Misbehaviour;

/**
 * One sequence in which the target failed without breaking a rule.
 *
 * @param sequence its number in the run, from 0
 * @param operations how many operations were performed, the last one included
 * @param misbehaviour how it failed
 */
public record Crash(long sequence, int operations, Misbehaviour misbehaviour) {}
