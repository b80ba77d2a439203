package io.vtlb.conformance.sweep;

import io.vtlb.model.machine.ControlState;
import java.util.ArrayList;
import java.util.List;

/** Control states that differ in some bits, in all ways. */
final class ControlStates {

  private ControlStates() {}

  /**
   * The base with every subset of these bits set.
   *
   * @param cr0 bits of CR0 that vary
   * @param cr4 bits of CR4 that vary
   * @param efer bits of IA32_EFER that vary
   */
  static List<ControlState> every(ControlState base, long cr0, long cr4, long efer) {
    List<ControlState> states = new ArrayList<>();
    for (long inCr0 : subsets(cr0)) {
      for (long inCr4 : subsets(cr4)) {
        for (long inEfer : subsets(efer)) {
          states.add(
              new ControlState(
                  base.cr0() | inCr0,
                  base.cr3(),
                  base.cr4() | inCr4,
                  base.efer() | inEfer,
                  base.pdptes()));
        }
      }
    }
    return states;
  }

  private static List<Long> subsets(long bits) {
    List<Long> subsets = new ArrayList<>();
    long subset = 0;
    do {
      subsets.add(subset);
      subset = (subset - bits) & bits;
    } while (subset != 0);
    return subsets;
  }
}
