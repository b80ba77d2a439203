package io.vtlb.conformance.target;

import io.vtlb.conformance.run.Misbehaviour;

/** Says in one line how a target failed before anything could be run on it. */
public final class FailedTarget extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Misbehaviour misbehaviour;

  FailedTarget(String name, Misbehaviour misbehaviour) {
    super(
        "target %s: %s at its start: %s%s"
            .formatted(
                name,
                misbehaviour.kind().family().id(),
                misbehaviour.told(),
                misbehaviour.lastWords().isEmpty()
                    ? ""
                    : "; its last words: " + misbehaviour.lastWords().replace('\n', ' ')));
    this.misbehaviour = misbehaviour;
  }

  /** What it did. */
  public Misbehaviour misbehaviour() {
    return misbehaviour;
  }
}
