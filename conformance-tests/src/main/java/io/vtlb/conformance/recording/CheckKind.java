package io.vtlb.conformance.recording;

/** What of a recording is held against the model; the keys are public API. */
public enum CheckKind {
  /** What the hypervisor made of a control state: levels and protections. */
  CONTROL("control"),
  /** Which writes to control registers are legal, and the control state that they leave. */
  REGISTERS("registers"),
  /** Whether a walk succeeds, and which entries it reads. */
  OUTCOME("outcome"),
  /** The error code of a walk that fails. */
  ERROR_CODE("errorCode"),
  /** The A and D bits that a successful walk sets, and where. */
  ACCESSED_DIRTY("accessedDirty"),
  /** The guest frame that a walk leads to. */
  FRAME("frame"),
  /**
   * Whether a page-fault event is the guest's own (claim 7) or the hypervisor's to resolve (claim
   * 9).
   */
  CLASSIFICATION("classification"),
  /** Code and address of each page fault that the guest was given. */
  INJECTION("injection"),
  /** The rights of an active leaf are no more than its walk grants. */
  LEAF_RIGHTS("leafRights"),
  /**
   * The rights of an active leaf set ahead of use are no more than the walk beside it lets them be.
   */
  PREFETCHED_RIGHTS("prefetchedRights"),
  /** What a bare-metal guest saw of its own access is admissible. */
  PROBE("probe");

  private final String key;

  CheckKind(String key) {
    this.key = key;
  }

  /** Its name in JSON and in reports. */
  public String key() {
    return key;
  }
}
