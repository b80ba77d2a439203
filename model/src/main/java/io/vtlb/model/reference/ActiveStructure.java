package io.vtlb.model.reference;

import io.vtlb.model.target.ActiveEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The active translation structure of one virtual CPU and one privilege set, in entries of one base
 * page.
 *
 * <p>It starts with every entry invalid (claim 10). A large guest page appears here as fragments.
 */
final class ActiveStructure {

  private final Map<Long, DerivedEntry> valid = new TreeMap<>();

  /** The entry of a linear page, numbered in 4 KiB, if it is valid. */
  Optional<ActiveEntry> at(long page) {
    return Optional.ofNullable(valid.get(page)).map(DerivedEntry::entry);
  }

  Collection<DerivedEntry> entries() {
    return List.copyOf(valid.values());
  }

  List<ActiveEntry> activeEntries() {
    return valid.values().stream().map(DerivedEntry::entry).toList();
  }

  void install(DerivedEntry derived) {
    valid.put(derived.entry().page(), derived);
  }

  /** Invalidates the entry of a linear page; says whether it was valid. */
  boolean invalidate(long page) {
    return valid.remove(page) != null;
  }

  /** Changes the entries as a whole; says whether any did change. */
  boolean replaceAll(UnaryOperator<List<DerivedEntry>> change) {
    List<DerivedEntry> before = List.copyOf(valid.values());
    List<DerivedEntry> after = change.apply(new ArrayList<>(before));
    if (after.equals(before)) {
      return false;
    }
    valid.clear();
    after.forEach(this::install);
    return true;
  }

  /**
   * Invalidates every entry derived from a guest page that covers a linear page; says how many were
   * valid.
   */
  int invalidateGuestPage(long page) {
    int before = valid.size();
    valid
        .values()
        .removeIf(derived -> derived.entry().covers(page) || derived.source().covers(page));
    return before - valid.size();
  }
}
