package io.vtlb.model.control;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;

/** When an INVPCID at CPL 0 is legal (Intel SDM vol. 2, INVPCID). */
public final class Invpcid {

  private static final int LINEAR_BITS = 48;
  private static final int LINEAR_BITS_WITH_LA57 = 57;

  private Invpcid() {}

  /**
   * True if the descriptor is legal; if not, the instruction is a #GP.
   *
   * @param address the descriptor's linear address, all 64 bits of it in every mode
   */
  public static boolean isLegal(
      InvalidationType type, int pcid, long address, ControlState control) {
    boolean descriptor = pcid >= 0 && pcid <= ControlState.CR3_PCID;
    return descriptor
        && switch (type) {
          case ADDRESS -> namesContext(pcid, control) && isCanonical(address, control);
          case SINGLE_CONTEXT -> namesContext(pcid, control);
          case ALL_CONTEXTS, ALL_CONTEXTS_KEEPING_GLOBALS -> true;
        };
  }

  /** The descriptor has 64 bits of address in every mode, so they are not cut to the mode's. */
  private static boolean isCanonical(long address, ControlState control) {
    int above = Long.SIZE - (control.fiveLevels() ? LINEAR_BITS_WITH_LA57 : LINEAR_BITS);
    return address << above >> above == address;
  }

  private static boolean namesContext(int pcid, ControlState control) {
    return pcid == 0 || control.processContexts();
  }
}
