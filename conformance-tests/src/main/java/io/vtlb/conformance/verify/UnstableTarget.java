package io.vtlb.conformance.verify;

import io.vtlb.model.rule.Rule;

/**
 * Says that a target did not do the same again with the same sequence, so that nothing can be
 * reduced or replayed.
 */
public final class UnstableTarget extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnstableTarget(Rule rule) {
    super(
        "the target broke %s, but not again with the same sequence: make it deterministic, then run again"
            .formatted(rule));
  }
}
