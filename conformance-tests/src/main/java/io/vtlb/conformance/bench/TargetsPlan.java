package io.vtlb.conformance.bench;

import io.vtlb.conformance.generate.ModeChoice;

/**
 * What the benchmark of targets runs on each of them.
 *
 * @param modes which paging modes the sequences are about, of those that a target serves
 * @param sequences how many sequences each round runs, fitting what the target declares
 * @param length operations in each sequence
 * @param seed decides the sequences
 * @param rounds how many rounds count; as many more warm up
 */
public record TargetsPlan(ModeChoice modes, int sequences, int length, long seed, int rounds) {}
