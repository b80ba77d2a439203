package io.vtlb.model.admissible;

import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.paging.Translation;

/** One way in which the processor may carry out an access. */
public sealed interface Way {

  /** Where the way comes from. */
  Origin origin();

  /** Where a way comes from. */
  enum Origin {
    /** A complete translation that the TLB may hold. */
    TLB,
    /** A walk from the root through memory as it is now. */
    WALK,
    /** A walk through memory as it is now that starts at a cached partial walk. */
    CACHED_WALK;

    private String words() {
      return switch (this) {
        case TLB -> "the TLB";
        case WALK -> "a walk";
        case CACHED_WALK -> "a cached walk";
      };
    }
  }

  /** The access completes through this translation. */
  record Completes(Origin origin, Translation translation) implements Way {

    @Override
    public String toString() {
      return origin.words() + " completes through " + translation;
    }
  }

  /** The access faults with this code. */
  record Faults(Origin origin, FaultCode code) implements Way {

    @Override
    public String toString() {
      return origin.words() + " faults with code " + code;
    }
  }
}
