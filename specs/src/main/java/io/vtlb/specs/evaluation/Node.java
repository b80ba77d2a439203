package io.vtlb.specs.evaluation;

/** A term once it is resolved: it can be evaluated in the frame of a call. */
interface Node {

  /** What it comes to if its sort is scalar. */
  long bits(Frame frame);

  /** What it comes to. */
  Value value(Frame frame);

  /** A node that comes to a truth value or to bits. */
  @FunctionalInterface
  interface Scalar extends Node {

    @Override
    default Value value(Frame frame) {
      return new Value.Scalar(bits(frame));
    }
  }

  /** A node that comes to a value of a datatype or to a map. */
  @FunctionalInterface
  interface Structured extends Node {

    @Override
    default long bits(Frame frame) {
      return value(frame).bits();
    }
  }
}
