package io.vtlb.conformance.sweep;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.PagingMode;
import java.util.List;

/**
 * A product of dimensions under one control state: its combinations are numbered in mixed radix,
 * the access being the least significant digit and the first dimension the most significant.
 *
 * @param section which part of a mode it belongs to
 * @param mode the paging mode
 * @param profile the processor
 * @param control the control state, with the PDPTE registers
 * @param address the linear address of every access, in bytes
 * @param base the entry of each level before any bit is flipped
 * @param dimensions what varies in the entries
 * @param accesses the accesses that are legal under the control state
 */
record Space(
    Section section,
    PagingMode mode,
    Profile profile,
    ControlState control,
    long address,
    List<Long> base,
    List<Dimension> dimensions,
    List<Access> accesses) {

  Space {
    base = List.copyOf(base);
    dimensions = List.copyOf(dimensions);
    accesses = List.copyOf(accesses);
    if (base.size() != mode.levels().size()) {
      throw new IllegalArgumentException(
          "%s has %d levels, not %d".formatted(mode.name(), mode.levels().size(), base.size()));
    }
  }

  /** How many combinations of entries there are. */
  long entries() {
    long product = 1;
    for (Dimension dimension : dimensions) {
      product = Math.multiplyExact(product, dimension.size());
    }
    return product;
  }

  /** How many combinations there are. */
  long combinations() {
    return Math.multiplyExact(entries(), accesses.size());
  }

  /** The linear page of every access, numbered in 4 KiB. */
  long page() {
    return PageSize.page(address);
  }
}
