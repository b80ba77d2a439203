package io.vtlb.conformance.recording;

import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Translation;
import java.util.List;
import java.util.Optional;

/** What becomes of an access that walks the guest structure. */
sealed interface Prediction {

  /** The walk, whether or not it led to a page. */
  GuestWalk walk();

  /** The error code of the fault; empty if the access completes. */
  Optional<FaultCode> code();

  /** The A and D bits that the access sets: A from the root down, then D. */
  List<BitUpdate> updates();

  /**
   * The translation at the walk's end, if it reached a page, whether or not it permits the access.
   */
  default Optional<Translation> translation() {
    return walk().end() instanceof GuestWalk.End.Reached(Translation translation)
        ? Optional.of(translation)
        : Optional.empty();
  }

  /** The access completes. */
  record Completes(GuestWalk walk, List<BitUpdate> updates) implements Prediction {

    @Override
    public Optional<FaultCode> code() {
      return Optional.empty();
    }
  }

  /** The access faults, and sets no bit. */
  record Faults(GuestWalk walk, FaultCode fault) implements Prediction {

    @Override
    public Optional<FaultCode> code() {
      return Optional.of(fault);
    }

    @Override
    public List<BitUpdate> updates() {
      return List.of();
    }
  }
}
