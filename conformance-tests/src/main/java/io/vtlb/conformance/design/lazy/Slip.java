package io.vtlb.conformance.design.lazy;

import io.vtlb.conformance.design.parts.Mistake;
import io.vtlb.model.rule.Rule;

/** A mistake that the lazy design can be told to make, each at one place of its code. */
public enum Slip implements Mistake {
  /** A load of CR3 with CR4.PCIDE=1 flushes nothing, though the PCID loaded may be stale. */
  STALE_CONTEXT_NOT_FLUSHED("NOVA 1f3dc3e5 (no flush even for a stale PCID)", Rule.TLB_3),
  /** Supervisor writes are judged as if CR0.WP were set. */
  WRITE_PROTECT_IGNORED("NOVA 85b0e55d (CR0.WP ignored)", Rule.EVENT_4),
  /** A frame that the host protects is filled with the guest's rights alone. */
  HOST_RIGHTS_IGNORED("NOVA 3e7b66aa (host rights ignored)", Rule.HOST_2),
  /** Guest tables are indexed as if every entry had the eight bytes of the host's. */
  HOST_STRIDE("NOVA 4d4c4253 (guest entries walked with the host's stride)", Rule.EVENT_4),
  /** INVLPG drops the entry of the page named and leaves the other fragments of its guest page. */
  ONE_FRAGMENT_DROPPED("Bochs e40206249 (INVLPG drops one 4 KiB slot of a large page)", Rule.TLB_1),
  /** A load of CR3 spares entries whose leaf has G=1, though CR4.PGE=0. */
  GLOBAL_BIT_ALWAYS_HONOURED("Bochs e2fa98b62 (a CR3 load keeps globals though PGE=0)", Rule.TLB_2),
  /** One table serves every privilege set, filled with the rights of the set that missed. */
  ONE_TABLE_FOR_ALL_SETS(
      "KVM 81ccda30b4e8 (CVE-2026-53359: an entry reused though its role does not match)",
      Rule.PRIV_1),
  /** Writes are granted at the first fill, whether the guest's leaf has D=1 or not. */
  CLEAN_PAGE_WRITABLE(
      "KVM c22885050e65 (a writable entry for a clean page: its D bit missed)", Rule.DERIVE_3),
  /** A change by the host is followed on the virtual CPU that ran last, and not on the others. */
  OTHER_CPUS_NOT_FLUSHED("KVM release 28 (rights reduced without a remote flush)", Rule.HOST_1),
  /** What the host changes is forgotten in the tables, but no processor is asked to drop it. */
  PROCESSOR_NOT_FLUSHED("Xen a9949efb28 (XSA-408: a flush skipped)", Rule.PROC_1),
  /** The dirty log misses the guest's tables, where the walk sets accessed and dirty bits. */
  TABLE_UPDATES_NOT_LOGGED("KVM 9ed5520dd3c9 (dirtiness lost beside the data path)", Rule.HOST_3),
  /** Host frames are looked up before the guest walk, so that a change meanwhile is missed. */
  HOST_FRAME_LOOKED_UP_EARLY(
      "KVM f7d9c7b7b902 (an entry installed from what was read before a change)", Rule.HOST_1),
  /** A guest frame with nothing behind it keeps the host frame that it had. */
  FRAME_WITHOUT_MEMORY_FILLED(
      "Xen f6c3cb2162 (XSA-430: a frame with nothing behind it)", Rule.HOST_1);

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
