package io.vtlb.conformance.bench;

import java.util.List;

/**
 * After how many sequences each run found a fault.
 *
 * @param sequences ascending; {@link FaultSearch#NEVER} for a run that did not find it
 */
public record Finds(List<Integer> sequences) {

  public Finds {
    sequences = sequences.stream().sorted().toList();
  }

  public int runs() {
    return sequences.size();
  }

  /** How many runs found it. */
  public int found() {
    return (int) sequences.stream().filter(one -> one != FaultSearch.NEVER).count();
  }

  /** The share of the runs that found it, from 0 to 1. */
  public double share() {
    return runs() == 0 ? 0 : (double) found() / runs();
  }

  /** The median number of sequences, or {@link FaultSearch#NEVER} if most runs did not find it. */
  public int median() {
    return sequences.isEmpty() ? FaultSearch.NEVER : sequences.get((runs() - 1) / 2);
  }
}
