package io.vtlb.model.machine;

import java.util.List;

/**
 * The four PDPTE registers of PAE paging, which hold the top level of the walk inside the processor
 * (Intel SDM vol. 3, 4.4.1).
 *
 * @param entries the registers, by bits 31:30 of a linear address; eight bytes each
 */
public record PdpteRegisters(List<Long> entries) {

  /** How many registers there are. */
  public static final int COUNT = 4;

  /** All four not present; what other modes have. */
  public static final PdpteRegisters NONE = new PdpteRegisters(List.of(0L, 0L, 0L, 0L));

  public PdpteRegisters {
    entries = List.copyOf(entries);
    if (entries.size() != COUNT) {
      throw new IllegalArgumentException("there are four PDPTE registers, not " + entries.size());
    }
  }

  public long get(int index) {
    return entries.get(index);
  }

  @Override
  public String toString() {
    return "0x%x 0x%x 0x%x 0x%x".formatted(entries.toArray());
  }
}
