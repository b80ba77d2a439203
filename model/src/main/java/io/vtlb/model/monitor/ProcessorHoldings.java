package io.vtlb.model.monitor;

import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.target.ActiveEntry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that the processor may have cached of one virtual CPU's active structure and was not asked to
 * drop.
 *
 * <p>A processor may fill its TLB from any valid entry whenever the guest runs, so everything valid
 * at a resume counts, used or not. It is tagged by privilege set.
 */
final class ProcessorHoldings {

  /** One active entry cached for one privilege set. */
  record Held(PrivilegeSet set, ActiveEntry entry) {}

  private final Set<Held> held = new LinkedHashSet<>();

  /** The list that each set was last filled from, if nothing was dropped since. */
  private final Map<PrivilegeSet, List<ActiveEntry>> filledFrom = new EnumMap<>(PrivilegeSet.class);

  Set<Held> all() {
    return held;
  }

  @SuppressWarnings("ReferenceEquality") // the same list is the cheap sign of the same content
  void fill(PrivilegeSet set, List<ActiveEntry> entries) {
    if (filledFrom.put(set, entries) == entries) {
      return;
    }
    for (ActiveEntry entry : entries) {
      held.add(new Held(set, entry));
    }
  }

  /** Forgets what a request covers. */
  List<Held> drop(ProcessorDrop drop) {
    return switch (drop) {
      case ProcessorDrop.Everything everything -> clear();
      case ProcessorDrop.Page page -> dropPage(PageSize.page(page.address()));
    };
  }

  /** Forgets a page of one privilege set, as a processor does by itself when it raises a fault. */
  void dropPage(PrivilegeSet set, long page) {
    if (held.removeIf(one -> one.set() == set && one.entry().covers(page))) {
      filledFrom.clear();
    }
  }

  List<Held> clear() {
    List<Held> gone = List.copyOf(held);
    held.clear();
    filledFrom.clear();
    return gone;
  }

  private List<Held> dropPage(long page) {
    List<Held> gone = new ArrayList<>(1);
    for (Iterator<Held> all = held.iterator(); all.hasNext(); ) {
      Held one = all.next();
      if (one.entry().covers(page)) {
        all.remove();
        filledFrom.clear();
        gone.add(one);
      }
    }
    return gone;
  }
}
