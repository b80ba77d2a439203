package io.vtlb.implementation;

import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All translations of a few pages that a TLB without paging-structure caches might hold: each that
 * memory has shown with every A bit set since the last invalidation that covered it.
 */
final class TranslationHistory {

  /** One translation of one page under one PCID. */
  record Translation(long page, PlainWalk walk, int pcid, boolean global) {

    boolean under(int current) {
      return global || pcid == current;
    }

    /** True if the page, or the large page that it is part of, covers another page. */
    boolean concerns(long other) {
      return other >= walk.start() && other < walk.start() + walk.pages();
    }

    boolean grants(HostMap hostMap, ActiveEntry entry, PrivilegeSet set, ControlState control) {
      long hostFrame = hostMap.hostFrame(walk.frame());
      return hostFrame != HostMap.NO_FRAME
          && hostFrame == entry.hostFrame(page)
          && entry.rights().within(TranslationHistory.rights(walk, set, control))
          && entry.key() == TranslationHistory.key(walk, control);
    }
  }

  private final Set<Translation> held = new HashSet<>();
  private final WordMemory memory;
  private final Profile profile;
  private final List<Long> pages;

  TranslationHistory(WordMemory memory, Profile profile, List<Long> pages) {
    this.memory = memory;
    this.profile = profile;
    this.pages = pages;
  }

  /** What an active entry made from a walk may grant. */
  static AccessRights rights(PlainWalk walk, PrivilegeSet set, ControlState control) {
    if (!control.paging()) {
      return new AccessRights(true, true, true);
    }
    boolean fetch = !(walk.executeDisable() && control.noExecute());
    if (set == PrivilegeSet.USER) {
      return new AccessRights(
          walk.user(), walk.user() && walk.writable() && walk.dirty(), walk.user() && fetch);
    }
    boolean data =
        !(walk.user() && control.supervisorAccessPrevention() && set == PrivilegeSet.SUPERVISOR);
    boolean write = walk.dirty() && (walk.writable() || !control.writeProtect());
    boolean prevented = walk.user() && control.supervisorExecutionPrevention();
    return new AccessRights(data, data && write, fetch && !prevented);
  }

  static int key(PlainWalk walk, ControlState control) {
    return walk.user() && control.protectionKeys() ? walk.key() : ActiveEntry.NO_KEY;
  }

  PlainWalk walk(ControlState control, long page) {
    return PlainWalk.of(memory, control, profile, page);
  }

  /** Adds what memory shows now. */
  void fill(ControlState control) {
    for (long page : pages) {
      now(control, page).ifPresent(held::add);
    }
  }

  /** INVLPG, or a fault delivered. */
  void invalidate(long page, ControlState control) {
    held.removeIf(kept -> kept.under(control.pcid()) && kept.concerns(page));
  }

  /** INVPCID. */
  void invalidate(InvalidationType type, int pcid, long page) {
    Predicate<Translation> ofContext = kept -> !kept.global() && kept.pcid() == pcid;
    held.removeIf(
        switch (type) {
          case ADDRESS -> ofContext.and(kept -> kept.concerns(page));
          case SINGLE_CONTEXT -> ofContext;
          case ALL_CONTEXTS -> kept -> true;
          case ALL_CONTEXTS_KEEPING_GLOBALS -> kept -> !kept.global();
        });
  }

  /** MOV to CR3 without bit 63. */
  void invalidateContext(int pcid) {
    invalidate(InvalidationType.SINGLE_CONTEXT, pcid, 0);
  }

  void invalidateAll() {
    held.clear();
  }

  /** True if an entry, as far as it covers the pages, is made of translations that may be held. */
  boolean admits(ActiveEntry entry, PrivilegeSet set, ControlState control) {
    return pages.stream()
        .filter(entry::covers)
        .allMatch(page ->
            held.stream()
                .filter(kept -> kept.page() == page && kept.under(control.pcid()))
                .anyMatch(kept -> kept.grants(memory.hostMap(), entry, set, control)));
  }

  /** True if an entry is no more than what memory shows now, with every A bit set. */
  boolean matchesNow(ActiveEntry entry, PrivilegeSet set, ControlState control) {
    return pages.stream()
        .filter(entry::covers)
        .allMatch(page ->
            now(control, page)
                .filter(now -> now.grants(memory.hostMap(), entry, set, control))
                .isPresent());
  }

  private Optional<Translation> now(ControlState control, long page) {
    PlainWalk walk = walk(control, page);
    return walk.reached() && walk.accessed()
        ? Optional.of(new Translation(page, walk, control.pcid(), walk.global(control)))
        : Optional.empty();
  }
}
