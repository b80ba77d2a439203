package io.vtlb.model.control;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.paging.PagingMode;

/** When an INVPCID at CPL 0 is legal (Intel SDM vol. 2, INVPCID). */
public final class Invpcid {

  private Invpcid() {}

  /** True if the descriptor is legal; if not, the instruction is a #GP. */
  public static boolean isLegal(
      InvalidationType type, int pcid, long address, ControlState control) {
    boolean descriptor = pcid >= 0 && pcid <= ControlState.CR3_PCID;
    return descriptor
        && switch (type) {
          case ADDRESS ->
              namesContext(pcid, control) && PagingMode.of(control).isCanonical(address);
          case SINGLE_CONTEXT -> namesContext(pcid, control);
          case ALL_CONTEXTS, ALL_CONTEXTS_KEEPING_GLOBALS -> true;
        };
  }

  private static boolean namesContext(int pcid, ControlState control) {
    return pcid == 0 || control.processContexts();
  }
}
