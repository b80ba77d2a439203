package io.vtlb.conformance.verify;

/**
 * Something that a target did in a run and does not always do again with the same sequence, so that
 * it cannot be reduced.
 *
 * @param sequence the number of the sequence in the run, from 0
 * @param operations how many operations were performed, the guilty one included
 * @param what the rule that was broken, or the way in which the target failed
 * @param told what was found, on one line
 * @param lastWords the end of what the target wrote to its standard error, if it failed
 * @param again how many of the replays ended in the same way
 * @param replays how often the sequence was replayed
 */
public record Flake(
    long sequence,
    int operations,
    String what,
    String told,
    String lastWords,
    int again,
    int replays) {}
