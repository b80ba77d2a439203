package io.vtlb.model.machine;

/**
 * Whose processor is modelled, as data: where the vendors' manuals differ on paging and
 * invalidation.
 *
 * <p>Source: Intel SDM vol. 3, 4.4.1, 4.5 and 4.10.4.1; AMD APM vol. 2, 5.3 and 5.5.3. Not
 * modelled: AMD's processors that read the PDPTEs of PAE paging at use, as other entries
 * (docs/adr/0012).
 */
public enum Vendor {
  /**
   * Intel: bit 8 of a top-level entry is ignored, CR4.PSE flushes nothing, and setting CR4.SMEP
   * flushes the current PCID.
   */
  INTEL(
      0,
      ControlState.CR4_PGE,
      0,
      ControlState.CR4_SMEP,
      ControlState.CR4_PAE | ControlState.CR4_PGE | ControlState.CR4_PSE | ControlState.CR4_SMEP),
  /**
   * AMD: bit 8 of a top-level entry is reserved; changing CR4.PSE or PAE, and setting PKE, flush
   * everything; SMEP flushes nothing.
   */
  AMD(
      1L << 8,
      ControlState.CR4_PGE | ControlState.CR4_PSE | ControlState.CR4_PAE,
      ControlState.CR4_PKE,
      0,
      ControlState.CR4_PAE | ControlState.CR4_PGE | ControlState.CR4_PSE);

  private final long reservedInTopEntries;
  private final long flushingBits;
  private final long flushingBitsWhenSet;
  private final long contextFlushingBitsWhenSet;
  private final long pdpteReloadingBits;

  Vendor(
      long reservedInTopEntries,
      long flushingBits,
      long flushingBitsWhenSet,
      long contextFlushingBitsWhenSet,
      long pdpteReloadingBits) {
    this.reservedInTopEntries = reservedInTopEntries;
    this.flushingBits = flushingBits;
    this.flushingBitsWhenSet = flushingBitsWhenSet;
    this.contextFlushingBitsWhenSet = contextFlushingBitsWhenSet;
    this.pdpteReloadingBits = pdpteReloadingBits;
  }

  /** The bits that must be clear in a PML5E or PML4E, besides those that every vendor reserves. */
  public long reservedInTopEntries() {
    return reservedInTopEntries;
  }

  /** The bits of CR4 whose change invalidates everything, globals and every PCID included. */
  public long flushingBits() {
    return flushingBits;
  }

  /** The bits of CR4 that invalidate everything, too, but only when they are set. */
  public long flushingBitsWhenSet() {
    return flushingBitsWhenSet;
  }

  /** The bits of CR4 that, when they are set, invalidate the current PCID without globals. */
  public long contextFlushingBitsWhenSet() {
    return contextFlushingBitsWhenSet;
  }

  /** The bits of CR4 whose change loads the PDPTE registers, with PAE paging. */
  public long pdpteReloadingBits() {
    return pdpteReloadingBits;
  }
}
