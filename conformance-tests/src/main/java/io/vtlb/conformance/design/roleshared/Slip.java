package io.vtlb.conformance.design.roleshared;

import io.vtlb.conformance.design.parts.Mistake;
import io.vtlb.model.rule.Rule;

/**
 * A mistake that {@link RoleSharedTlb} can be made with, each made once in a real system, or in the
 * manner of one that was.
 */
public enum Slip implements Mistake {
  /** The key of a shadow page holds the rights of the last entry, not of the whole walk above. */
  KEY_USES_LAST_RIGHTS("KVM b1bd5cba3306 (CVE-2021-38198), shared too coarsely", Rule.PRIV_1),

  /** Fragments of large pages share a shadow page although the large entries' rights differ. */
  LARGE_PAGES_SHARE_DESPITE_RIGHTS("KVM d28c6cfbbc5e, shared too coarsely", Rule.PRIV_1),

  /**
   * A store makes the shared shadow of a clean large page writable instead of changing to another.
   */
  SHARED_SHADOW_UPGRADED("KVM 9e7b0e7fba45, shared too coarsely", Rule.DERIVE_3),

  /** Shadow pages are found again after IA32_EFER.NXE has changed. */
  SHARED_ACROSS_NXE("KVM 9645bb56b31a, shared too coarsely", Rule.PARTIAL_2),

  /**
   * A store to a table of four-byte entries puts only the shadow of its first quadrant out of step.
   */
  WRITE_REACHES_ONE_QUADRANT("KVM fce0657ff9f1, shared too coarsely", Rule.TLB_1),

  /** All quadrants of a table of four-byte entries share one shadow page. */
  QUADRANT_NOT_IN_KEY("KVM fce0657ff9f1, shared too coarsely", Rule.DERIVE_1),

  /** A leaf that gets another frame stays in the reverse map under the old one. */
  STALE_REVERSE_MAP("KVM 0cb2af2ea66a (CVE-2026-46113), shared too coarsely", Rule.HOST_1),

  /** A linked shadow page is kept if its frame is right, whatever its role. */
  CHILD_REUSED_DESPITE_ROLE(
      "KVM 81ccda30b4e8 (CVE-2026-53359), shared too coarsely", Rule.DERIVE_2),

  /** Whether a frame holds a table is asked for the writer's own paging mode only. */
  TRACKED_IN_ONE_ADDRESS_SPACE("KVM 0f38453cdb2e, shared too coarsely", Rule.TLB_1),

  /** Loading a root does not synchronise the tables that went out of step. */
  FLUSH_DOES_NOT_SYNC("KVM b53e84eed08b, flush not honoured", Rule.TLB_2),

  /** A flushing MOV to CR3 covers no other root that is kept for the same PCID. */
  FLUSH_MISSES_OTHER_ROOTS("KVM 21823fbda552, flush not honoured", Rule.TLB_3),

  /** Where CR3 stays the same the root is kept, whatever the PDPTE registers hold now. */
  RELOADED_PDPTES_IGNORED(
      "in the manner of KVM 2c5653caecc4 (there with EPT only), flush not honoured", Rule.TLB_2),

  /** INVLPG takes an entry of a table that is out of step for one that is in step. */
  INVLPG_SKIPS_UNSYNC_TABLE("Xen 70973953ab, flush not honoured", Rule.TLB_1),

  /**
   * A MOV to CR3 that keeps translations asks the processor to drop nothing, though the root is
   * another.
   */
  KEPT_CONTEXT_NOT_FLUSHED("Xen 329b00e4d4 (XSA-294), flush not honoured", Rule.PROC_1),

  /** What is taken from all virtual CPUs is dropped by the processor of the event's own only. */
  RIGHTS_REDUCED_WITHOUT_REMOTE_FLUSH("KVM release 28 (2007), processor not flushed", Rule.TLB_1),

  /** Write protection asks no processor to drop the writable translation. */
  WRITE_PROTECTION_SKIPS_FLUSH("KVM f81602958c11, processor not flushed", Rule.TLB_1),

  /** Zapping a shadow page asks no processor to drop what it mapped. */
  ZAP_SKIPS_FLUSH("Xen 23a183607a (XSA-241), processor not flushed", Rule.PROC_1),

  /**
   * Entries are installed from a table that another virtual CPU could still write when it was read.
   */
  WALK_NOT_CHECKED_AGAIN("KVM f7d9c7b7b902, race", Rule.TLB_2),

  /** A fault goes on with pages and frames that the host took away while guest memory was read. */
  HOST_CHANGE_NOT_NOTICED("KVM CVE-2026-80726, lifetime", Rule.HOST_1),

  /** An emulated store that touches two entries undoes the shadow of the first only. */
  ONLY_FIRST_ENTRY_WRITTEN("KVM 0e0fee5c539b, race", Rule.PARTIAL_1),

  /** A resynchronised leaf keeps its rights if the frame is the same. */
  RESYNC_COMPARES_FRAME_ONLY("Xen 24488e9b29, race", Rule.TLB_1),

  /** An emulated store of eight bytes is done in two halves. */
  EMULATED_STORE_TORN("KVM daea3e73cb4a, race", Rule.AD_3),

  /** A leaf that loses its write right is not noted as written. */
  DIRTINESS_LOST_WITH_WRITE_RIGHT("KVM 9ed5520dd3c9, accessed and dirty", Rule.HOST_3),

  /**
   * One leaf maps a large page with some read-only frames on the host, and withholds all writes.
   */
  READ_ONLY_FRAME_PROTECTS_LARGE_PAGE("KVM d3c422bd3338, page sizes", Rule.PARTIAL_1),

  /** A frame in the middle of a large leaf is not found in the reverse map. */
  REVERSE_MAP_MISSES_LARGE_LEAVES("Xen f507885bc3, page sizes", Rule.HOST_1),

  /** A device found before is still answered for after memory appeared in its place. */
  DEVICE_ENTRY_OUTLIVES_MAP("KVM ddfd1730fd82, devices", Rule.EVENT_4),

  /** A recycled shadow page stays linked from the entries above it. */
  ZAP_LEAVES_PARENT_LINK(
      "in the manner of Xen 26217aff67 (XSA-219, references miscounted), lifetime", Rule.TLB_1),

  /**
   * A top page whose frame the host took away stays, with all that it leads to, the root of the
   * virtual CPUs that use it.
   */
  FREED_ROOT_IN_USE("Xen fb0ff49fe9 (XSA-438), lifetime", Rule.TLB_1),

  /** A machine created with the number of a destroyed one finds the old shadow pages. */
  OLD_SHADOW_FOR_NEW_MACHINE(
      "in the manner of Xen bf2b4eadcf (XSA-243, a monitor table's link to itself), lifetime",
      Rule.INIT_1);

  private final String modelledOn;
  private final Rule blamed;

  Slip(String modelledOn, Rule blamed) {
    this.modelledOn = modelledOn;
    this.blamed = blamed;
  }

  @Override
  public String modelledOn() {
    return modelledOn;
  }

  @Override
  public Rule blamed() {
    return blamed;
  }
}
