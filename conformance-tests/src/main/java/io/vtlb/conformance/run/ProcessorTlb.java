package io.vtlb.conformance.run;

import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.trace.Caching;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The TLB of one processor, which caches active entries as the world's caching says, tagged by
 * privilege set.
 *
 * <p>Several cached entries may cover one page, old and new; the oldest is used, which is the
 * strictest test.
 */
final class ProcessorTlb {

  private final Caching.Policy policy;
  private final SplittableRandom choices;
  private final Map<PrivilegeSet, List<ActiveEntry>> cached = new EnumMap<>(PrivilegeSet.class);

  ProcessorTlb(Caching caching) {
    policy = caching.policy();
    choices = new SplittableRandom(caching.seed());
    for (PrivilegeSet set : PrivilegeSet.values()) {
      cached.put(set, new ArrayList<>(4));
    }
  }

  /**
   * The entry that the processor translates a page by now, from its TLB or from the active
   * structure.
   */
  @Nullable ActiveEntry translate(VirtualTlb target, Vcpu vcpu, PrivilegeSet set, long page) {
    ActiveEntry known = find(of(set), page);
    if (known != null) {
      return known;
    }
    ActiveEntry walked = find(target.activeEntries(vcpu, set), page);
    if (walked != null && keepsUsed()) {
      of(set).add(walked);
    }
    return walked;
  }

  private boolean keepsUsed() {
    return switch (policy) {
      case NEVER -> false;
      case FOREVER, SPECULATIVE -> true;
      case RANDOM -> choices.nextBoolean();
    };
  }

  /** The guest resumes in a privilege set: the processor may fill its TLB on its own. */
  void resume(VirtualTlb target, Vcpu vcpu, PrivilegeSet set) {
    switch (policy) {
      case NEVER, FOREVER -> {}
      case SPECULATIVE -> fill(target, vcpu, set);
      case RANDOM -> {
        of(set).removeIf(entry -> choices.nextInt(4) == 0);
        if (choices.nextInt(4) == 0) {
          fill(target, vcpu, set);
        }
      }
    }
  }

  private void fill(VirtualTlb target, Vcpu vcpu, PrivilegeSet set) {
    for (ActiveEntry entry : target.activeEntries(vcpu, set)) {
      if (!of(set).contains(entry)) {
        of(set).add(entry);
      }
    }
  }

  void drop(ProcessorDrop drop) {
    switch (drop) {
      case ProcessorDrop.Everything everything -> cached.values().forEach(List::clear);
      case ProcessorDrop.Page page -> {
        for (PrivilegeSet set : PrivilegeSet.values()) {
          dropPage(set, PageSize.page(page.address()));
        }
      }
    }
  }

  /** Forgets a page, as a processor does by itself for the page of a fault that it raises. */
  void dropPage(PrivilegeSet set, long page) {
    of(set).removeIf(entry -> entry.covers(page));
  }

  private List<ActiveEntry> of(PrivilegeSet set) {
    List<ActiveEntry> entries = cached.get(set);
    if (entries == null) {
      throw new IllegalStateException("no cache for " + set);
    }
    return entries;
  }

  private static @Nullable ActiveEntry find(Iterable<ActiveEntry> entries, long page) {
    for (ActiveEntry entry : entries) {
      if (entry.covers(page)) {
        return entry;
      }
    }
    return null;
  }
}
