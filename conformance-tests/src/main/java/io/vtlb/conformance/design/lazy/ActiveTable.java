package io.vtlb.conformance.design.lazy;

import io.vtlb.model.target.ActiveEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What one virtual CPU's virtual TLB holds for one privilege set; it starts empty (claim 10). */
final class ActiveTable {

  private final List<CachedPage> cached = new ArrayList<>();

  /** What the processor sees, until something changes. */
  private List<ActiveEntry> shown = List.of();

  List<ActiveEntry> entries() {
    return shown;
  }

  /** Takes an entry in, in place of what it overlaps. */
  void fill(CachedPage page) {
    cached.removeIf(held -> held.overlaps(page.entry()));
    cached.add(page);
    show();
  }

  void forget(Predicate<CachedPage> unwanted) {
    if (cached.removeIf(unwanted)) {
      show();
    }
  }

  private void show() {
    shown = cached.stream().map(CachedPage::entry).toList();
  }
}
