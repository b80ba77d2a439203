package io.vtlb.conformance.recording;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Translation;
import java.util.OptionalLong;

/** A recorded walk with what the model says of it. */
final class JudgedWalk implements WalkVerdict {

  private final RecordedFact.Walk recorded;
  private final Access access;
  private final ControlState control;
  private final PagingMode mode;
  private final Prediction prediction;
  private boolean agrees;

  /**
   * @param control the control state of the walk, its own CR3 included
   * @param agrees the walk's own record agrees
   */
  JudgedWalk(
      RecordedFact.Walk recorded,
      Access access,
      ControlState control,
      PagingMode mode,
      Prediction prediction,
      boolean agrees) {
    this.recorded = recorded;
    this.access = access;
    this.control = control;
    this.mode = mode;
    this.prediction = prediction;
    this.agrees = agrees;
  }

  @Override
  public long line() {
    return recorded.line();
  }

  @Override
  public long address() {
    return recorded.address();
  }

  RecordedFact.Walk recorded() {
    return recorded;
  }

  Access access() {
    return access;
  }

  ControlState control() {
    return control;
  }

  PagingMode mode() {
    return mode;
  }

  Prediction prediction() {
    return prediction;
  }

  /** The guest frame that the model finds for a linear page; empty if it finds none. */
  OptionalLong frame(long page) {
    return prediction
        .translation()
        .filter(translation -> translation.covers(page))
        .map(translation -> OptionalLong.of(translation.frame(page)))
        .orElse(OptionalLong.empty());
  }

  /** Compares the guest frame of the walk's own page, which a later record tells. */
  void compareFrame(Tally tally, long line, long frame) {
    OptionalLong own = frame(page());
    boolean same =
        tally.compare(
            CheckKind.FRAME,
            line,
            own.equals(OptionalLong.of(frame)),
            () -> "guest frame 0x%x for the walk of line %s".formatted(frame, line()),
            () ->
                own.isPresent()
                    ? "guest frame 0x%x".formatted(own.getAsLong())
                    : "no frame: the walk reaches no page");
    if (!same && agrees) {
      agrees = false;
      tally.walkSpoiled();
    }
  }

  /** The linear page of the access, numbered in 4 KiB. */
  long page() {
    return access.page();
  }

  /**
   * True if the leaf is dirty once the access is done, so that stores through it may be granted.
   */
  boolean dirtyAfterwards() {
    return prediction.translation().map(Translation::dirty).orElse(false)
        || prediction.updates().stream().anyMatch(update -> update.bit() == BitUpdate.Bit.D);
  }
}
