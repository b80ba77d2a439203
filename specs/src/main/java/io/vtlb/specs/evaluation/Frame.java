package io.vtlb.specs.evaluation;

/**
 * What the parameters and local names of one call stand for, by slot: a slot is used in one of the
 * arrays, as its sort says.
 */
final class Frame {

  final long[] bits;
  final Value[] values;

  Frame(int slots) {
    bits = new long[slots];
    values = new Value[slots];
  }
}
