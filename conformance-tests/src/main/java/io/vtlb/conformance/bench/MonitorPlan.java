package io.vtlb.conformance.bench;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.generate.SequenceGenerator;
import io.vtlb.implementation.IndexedVirtualTlb;

/**
 * What the benchmark of the monitor runs.
 *
 * @param modes which paging modes the sequences are about
 * @param sequences how many sequences each round judges
 * @param length operations in each sequence
 * @param seed decides the sequences
 * @param rounds how many rounds count; as many more warm up
 */
public record MonitorPlan(ModeChoice modes, int sequences, int length, long seed, int rounds) {

  private static final int SEQUENCES_FOR_EACH_CHAIN = 10;

  /** The generator of the sequences. */
  public SequenceGenerator generator() {
    return SequenceGenerator.fitting(new IndexedVirtualTlb().describe(), seed, length, modes);
  }

  /** How many chains each round of the comparison runs: fewer, because each takes longer. */
  public int chains() {
    return Math.max(1, sequences / SEQUENCES_FOR_EACH_CHAIN);
  }
}
