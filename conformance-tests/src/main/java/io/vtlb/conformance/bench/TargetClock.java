package io.vtlb.conformance.bench;

import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.Target;
import io.vtlb.model.target.VirtualTlb;

/**
 * Adds up the time that a target takes, apart from that of the kit: from each call to its return,
 * with all transport and all that the target reads of guest memory.
 */
final class TargetClock {

  private long nanos;
  private long begun;

  /** A target whose calls are measured, if it is a virtual TLB. */
  Target view(Target target) {
    return switch (target) {
      case VirtualTlb tlb -> new TimedTlb(tlb, this);
      case GuestMachine machine -> machine;
    };
  }

  void begin() {
    begun = System.nanoTime();
  }

  void end() {
    nanos += System.nanoTime() - begun;
  }

  /** The time since this was asked last, in nanoseconds. */
  long take() {
    long taken = nanos;
    nanos = 0;
    return taken;
  }
}
