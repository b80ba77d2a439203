package io.vtlb.implementation;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The contexts of one virtual CPU that are not loaded, by PCID: what its TLB would still hold for
 * them (Intel SDM vol. 3, 4.10.1).
 *
 * <p>Their entries were derived while their PCID was current and count again when it is loaded
 * without a flush, so each invalidation that names them meanwhile has to reach them here. Nothing
 * of them is in the processor, whose translations have no PCID: a switch drops them there. Global
 * pages are kept in each context by itself. The contexts left longest ago are forgotten when there
 * are too many.
 */
final class KeptContexts {

  private static final int AT_MOST = 16;

  /**
   * One context while it is not loaded.
   *
   * @param active its entries
   * @param protection what their rights were folded by
   */
  private record Kept(ActiveStructures active, Protection protection) {}

  private final SequencedMap<Integer, Kept> byPcid = new LinkedHashMap<>();

  /** Keeps the context of a PCID that is no longer current. */
  void keep(int pcid, ActiveStructures active, Protection protection) {
    if (active.isEmpty()) {
      return;
    }
    byPcid.putLast(pcid, new Kept(active, protection));
    if (byPcid.size() > AT_MOST) {
      byPcid.pollFirstEntry();
    }
  }

  /**
   * Takes out the context of a PCID that becomes current. It is empty if there is none, or if its
   * rights were folded by other control bits than those that count now.
   */
  ActiveStructures take(int pcid, Protection protection) {
    Kept kept = byPcid.remove(pcid);
    return kept != null && kept.protection().equals(protection)
        ? kept.active()
        : new ActiveStructures();
  }

  /** Removes a page under one PCID. */
  void invalidate(int pcid, long page, PendingDrops none) {
    Kept kept = byPcid.get(pcid);
    if (kept != null) {
      kept.active().invalidate(page, none);
    }
  }

  /** Removes a page under every PCID where it is global. */
  void invalidateGlobal(long page, PendingDrops none) {
    for (Kept kept : byPcid.values()) {
      kept.active().invalidateGlobal(page, none);
    }
  }

  /** Revises every entry of every context. */
  void reviseAll(EntryRevision revision, PendingDrops none) {
    for (Kept kept : byPcid.values()) {
      kept.active().reviseAll(revision, none);
    }
    byPcid.values().removeIf(kept -> kept.active().isEmpty());
  }

  /** Forgets one context. */
  void forget(int pcid) {
    byPcid.remove(pcid);
  }

  /** Forgets all contexts. */
  void forgetAll() {
    byPcid.clear();
  }
}
