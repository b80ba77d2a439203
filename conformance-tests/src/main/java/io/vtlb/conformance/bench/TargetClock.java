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
  private int depth;

  /** A target whose calls are measured, if it is a virtual TLB. */
  Target view(Target target) {
    return switch (target) {
      case VirtualTlb tlb -> new TimedTlb(tlb, this);
      case GuestMachine machine -> machine;
    };
  }

  /** A call begins; others may begin and end inside it, which are part of it. */
  void begin() {
    if (depth++ == 0) {
      begun = System.nanoTime();
    }
  }

  void end() {
    if (--depth == 0) {
      nanos += System.nanoTime() - begun;
    }
  }

  /** The time since this was asked last, in nanoseconds. */
  long take() {
    long taken = nanos;
    nanos = 0;
    return taken;
  }
}
