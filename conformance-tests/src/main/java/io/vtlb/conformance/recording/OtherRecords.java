package io.vtlb.conformance.recording;

import java.util.Map;
import java.util.Set;

/**
 * The kinds of record that no check is made of: those that are context, and why others are skipped.
 */
final class OtherRecords {

  private static final Set<String> CONTEXT =
      Set.of(
          "mark",
          "inject",
          "msr",
          "invlpg",
          "inval_gva",
          "new_pgd",
          "sync_roots",
          "mmu_load",
          "reset_context",
          "flush_current",
          "mmio",
          "mmio_check",
          "mmio_pf");

  private static final String TABLES =
      "the hypervisor's bookkeeping of its tables: it grants the guest nothing by itself";
  private static final String CHANGED =
      "an active entry changed in place: the guest entry it follows is not recorded";
  private static final String DROPPED = "an active entry dropped: always right";

  private static final Map<String, String> SKIPPED =
      Map.ofEntries(
          Map.entry("sp_get", TABLES),
          Map.entry("sp_sync", TABLES),
          Map.entry("sp_unsync", TABLES),
          Map.entry("link", TABLES),
          Map.entry("spte_upd", CHANGED),
          Map.entry("sp_zap", DROPPED),
          Map.entry("spte_drop", DROPPED),
          Map.entry("link_zap", DROPPED));

  private static final String UNKNOWN = "a kind of record that vtlb does not know";

  private OtherRecords() {}

  static void count(String kind, Tally tally) {
    if (CONTEXT.contains(kind)) {
      tally.context(kind);
    } else {
      tally.skip(kind, SKIPPED.getOrDefault(kind, UNKNOWN));
    }
  }
}
