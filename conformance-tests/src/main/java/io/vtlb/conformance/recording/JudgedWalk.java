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
    if (!same) {
      spoil(tally);
    }
  }

  /**
   * Compares the guest frames of a large active leaf around the walk's own page: it maps nothing
   * that the guest's leaf does not map.
   *
   * @param firstFrame the first guest frame that it maps
   * @param pages how many base pages it maps, a power of two
   */
  void compareFrames(Tally tally, long line, long firstFrame, long pages) {
    long first = page() & -pages;
    OptionalLong ownFirst = frame(first);
    OptionalLong ownLast = frame(first + pages - 1);
    boolean same =
        tally.compare(
            CheckKind.FRAME,
            line,
            ownFirst.equals(OptionalLong.of(firstFrame))
                && ownLast.equals(OptionalLong.of(firstFrame + pages - 1)),
            () -> "guest frames 0x%x to 0x%x".formatted(firstFrame, firstFrame + pages - 1),
            () ->
                ownFirst.isPresent() && ownLast.isPresent()
                    ? "guest frames 0x%x to 0x%x"
                        .formatted(ownFirst.getAsLong(), ownLast.getAsLong())
                    : "the guest's own leaf is smaller");
    if (!same) {
      spoil(tally);
    }
  }

  private void spoil(Tally tally) {
    if (agrees) {
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
