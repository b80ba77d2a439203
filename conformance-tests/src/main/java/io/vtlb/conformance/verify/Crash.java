package io.vtlb.conformance.verify;

/**
 * One sequence in which the target threw an exception.
 *
 * @param sequence its number in the run, from 0
 * @param operations how many operations were performed, the last one included
 * @param failure what it threw
 */
public record Crash(long sequence, int operations, Throwable failure) {}
