package io.vtlb.specs.evaluation;

import io.vtlb.specs.smt.MalformedSpecification;

/**
 * A node and its sort.
 *
 * @param text what it was resolved from, for messages
 */
record Term(Expression text, Sort sort, Node node) {

  static Term scalar(Expression text, Sort sort, Node.Scalar node) {
    return new Term(text, sort, node);
  }

  static Term truth(Expression text, Node.Scalar node) {
    return new Term(text, new Sort.Truth(), node);
  }

  static Term structured(Expression text, Sort sort, Node.Structured node) {
    return new Term(text, sort, node);
  }

  static Term constant(Expression text, Sort sort, Value value) {
    if (!sort.isScalar()) {
      return structured(text, sort, frame -> value);
    }
    long bits = value.bits();
    return scalar(text, sort, frame -> bits);
  }

  /** The same term, which has to be of a sort. */
  Term as(Sort wanted) {
    if (!sort.equals(wanted)) {
      throw new MalformedSpecification("%s is a %s, not a %s".formatted(text, sort, wanted));
    }
    return this;
  }

  /** Its node, if it is a truth value. */
  Node truth() {
    return as(new Sort.Truth()).node;
  }

  /** How wide it is, if it is a bit vector. */
  Sort.Bits width() {
    if (sort instanceof Sort.Bits bits) {
      return bits;
    }
    throw new MalformedSpecification("%s is a %s, not a bit vector".formatted(text, sort));
  }
}
