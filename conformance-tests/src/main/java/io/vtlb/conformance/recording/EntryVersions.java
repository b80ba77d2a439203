package io.vtlb.conformance.recording;

import io.vtlb.model.paging.EntryBits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values that entries are known to have had, and since when a page may no longer be translated
 * by them.
 *
 * <p>A write of CR3 is taken to drop everything. On a processor global translations survive it, so
 * this is stricter than the architecture; shadow MMUs drop them, and the guests recorded do not
 * rely on them.
 */
final class EntryVersions {

  private final Map<Long, List<Version>> versions = new HashMap<>();
  private final Map<Long, Long> pageFlushes = new HashMap<>();
  private long allFlushed;
  private long now;

  /**
   * A value that an entry had until a time; {@code until} is the far future for the present value.
   */
  private record Version(long value, long until) {}

  /** Everything known before is gone for one page. */
  void flush(long page) {
    now++;
    pageFlushes.put(page, now);
  }

  /** Everything known before is gone for every page. */
  void flushAll() {
    now++;
    allFlushed = now;
    pageFlushes.clear();
    for (List<Version> list : versions.values()) {
      list.removeIf(version -> version.until() <= now);
    }
  }

  /** An entry is seen to have a value. */
  void observe(long address, long value) {
    List<Version> list = versions.computeIfAbsent(address, unseen -> new ArrayList<>(2));
    if (!list.isEmpty()) {
      long last = list.getLast().value();
      if (last == value) {
        return;
      }
      now++;
      list.set(list.size() - 1, new Version(last, now));
    }
    list.add(new Version(value, Long.MAX_VALUE));
  }

  boolean known(long address) {
    return versions.containsKey(address);
  }

  /**
   * The values that a walk for a page may use for an entry that is known: first the present one,
   * then older ones that may have been kept since the page was last flushed.
   */
  List<Long> candidates(long address, long page) {
    List<Version> list = versions.getOrDefault(address, List.of());
    Set<Long> values = new LinkedHashSet<>();
    values.add(list.getLast().value());
    long flushed = Math.max(allFlushed, pageFlushes.getOrDefault(page, 0L));
    for (Version version : list) {
      if (version.until() > flushed && cacheable(version.value())) {
        values.add(version.value());
      }
    }
    return List.copyOf(values);
  }

  private static boolean cacheable(long entry) {
    return (entry & EntryBits.PRESENT) != 0 && (entry & EntryBits.ACCESSED) != 0;
  }
}
