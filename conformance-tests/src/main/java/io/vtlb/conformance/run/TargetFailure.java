package io.vtlb.conformance.run;

/** Carries how a target failed to the end of the run. */
public final class TargetFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Misbehaviour misbehaviour;

  /** Ends the run of a sequence. */
  public TargetFailure(Misbehaviour misbehaviour) {
    super(misbehaviour.told(), null, false, false);
    this.misbehaviour = misbehaviour;
  }

  /** What the target did. */
  public Misbehaviour misbehaviour() {
    return misbehaviour;
  }
}
