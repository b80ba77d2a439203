package io.vtlb.implementation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.target.ActiveEntry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A processor that caches all that was ever listed until it is told to drop it, large entries also
 * as single pages, and insists that what it still holds is still listed.
 */
final class CachingProcessor {

  private final Map<PrivilegeSet, Set<ActiveEntry>> cached = new EnumMap<>(PrivilegeSet.class);

  CachingProcessor() {
    for (PrivilegeSet set : PrivilegeSet.values()) {
      cached.put(set, new HashSet<>());
    }
  }

  void drop(List<ProcessorDrop> drops) {
    for (ProcessorDrop drop : drops) {
      for (Set<ActiveEntry> entries : cached.values()) {
        switch (drop) {
          case ProcessorDrop.Everything all -> entries.clear();
          case ProcessorDrop.Page page ->
              entries.removeIf(entry -> entry.covers(PageSize.page(page.address())));
        }
      }
    }
  }

  void refill(PrivilegeSet set, Collection<ActiveEntry> listed) {
    Set<ActiveEntry> entries = cached.getOrDefault(set, Set.of());
    Set<ActiveEntry> allowed = new HashSet<>(listed);
    listed.stream().filter(entry -> entry.pages() > 1).forEach(entry -> addPieces(entry, allowed));
    for (ActiveEntry entry : entries) {
      assertTrue(allowed.contains(entry), () -> "still cached for " + set + ": " + entry);
    }
    entries.addAll(allowed);
  }

  /** The first, one middle and the last page of a large entry, each as its own translation. */
  private static void addPieces(ActiveEntry entry, Set<ActiveEntry> pieces) {
    for (int at : new int[] {0, entry.pages() / 2, entry.pages() - 1}) {
      pieces.add(
          new ActiveEntry(
              entry.page() + at, 1, entry.hostFrame() + at, entry.rights(), entry.key()));
    }
  }
}
