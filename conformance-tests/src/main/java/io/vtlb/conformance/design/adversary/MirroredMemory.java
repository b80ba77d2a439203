package io.vtlb.conformance.design.adversary;

import io.vtlb.model.admissible.AdmissibleTranslations;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A copy of the guest's tables, brought up to date at each event, that the admissible sets are kept
 * over.
 *
 * <p>Nobody tells a VMM of stores that go through its active entries, nor of other agents'. So the
 * copy may miss an entry that was there for a while, or that no walk was asked for: what is
 * admissible by the copy is then less than what is, never more.
 */
final class MirroredMemory {

  private static final int WORD = Integer.BYTES;

  private final GuestMemory memory;
  private final GuestPhysicalMemory copy;

  /** The frames that the copy holds: those that some walk has read as tables. */
  private final Set<Long> tables = new HashSet<>();

  private final List<AdmissibleTranslations> caches = new ArrayList<>();

  MirroredMemory(int vm, HostMap hostMap, GuestMemory memory) {
    this.memory = memory;
    this.copy = new GuestPhysicalMemory(vm, hostMap);
  }

  GuestPhysicalMemory copy() {
    return copy;
  }

  /** Keeps the caches of one more virtual CPU. */
  void add(AdmissibleTranslations cache) {
    caches.add(cache);
  }

  /** The host has put other memory behind some frames. */
  void remap(HostMap now) {
    copy.remap(now);
    tables.removeIf(frame -> !copy.backed(frame));
  }

  /** Brings every word up to date that the copy holds, and then finds new tables. */
  void refresh() {
    List<Long> changed = new ArrayList<>();
    tables.forEach(
        table -> copy.forEachEntry(table, WORD, (address, word) -> compare(address, changed)));
    take(changed);
    discover();
  }

  /** Brings the entries of one walk up to date, which was made in memory itself. */
  void look(GuestWalk walk) {
    List<Long> changed = new ArrayList<>();
    for (GuestWalk.Step step : walk.steps()) {
      if (step.level().inMemory()) {
        read(step.address() >>> PageSize.BASE_SHIFT, changed);
        compare(step.address() & -8L, changed);
        compare((step.address() & -8L) + WORD, changed);
      }
    }
    take(changed);
    discover();
  }

  /** Takes note of a write of the VMM's own. */
  void wrote(long physicalAddress, int bytes) {
    List<Long> changed = new ArrayList<>();
    if (tables.contains(physicalAddress >>> PageSize.BASE_SHIFT)) {
      for (int offset = 0; offset < bytes; offset += WORD) {
        compare(physicalAddress + offset, changed);
      }
    }
    take(changed);
    discover();
  }

  /** Reads tables that walks have come to, which may lead to others. */
  void discover() {
    boolean found = true;
    while (found) {
      List<Long> changed = new ArrayList<>();
      found = false;
      for (AdmissibleTranslations cache : caches) {
        List<PartialWalk> walks = new ArrayList<>(cache.walks());
        walks.add(cache.root());
        for (PartialWalk walk : walks) {
          found |= read(walk.table(), changed);
        }
      }
      take(changed);
    }
  }

  /** Reads a whole frame, the first time that it is a table; says whether it was. */
  private boolean read(long table, List<Long> changed) {
    boolean isNew = tables.add(table);
    if (isNew) {
      for (int offset = 0; offset < PageSize.BASE_BYTES; offset += WORD) {
        compare(PageSize.address(table, offset), changed);
      }
    }
    return isNew;
  }

  private void compare(long address, List<Long> changed) {
    if ((int) memory.read(address, WORD) != copy.word(address)) {
      changed.add(address);
    }
  }

  /** All words change together before any walk goes on, or a walk would see what never was. */
  private void take(List<Long> changed) {
    changed.forEach(address -> copy.write(address, (int) memory.read(address, WORD)));
    Consumer<AdmissibleTranslations> tell = cache -> changed.forEach(cache::stored);
    caches.forEach(tell);
  }
}
