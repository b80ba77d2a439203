package io.vtlb.model.admissible;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import java.util.ArrayList;
import java.util.List;

/**
 * All that ever happened to a guest's translations, in any mode, and what the processor had to
 * forget at each step (Intel SDM vol. 3, 4.10.4.1, and AMD APM vol. 2, 5.5.3, read once more and
 * apart from {@link Invalidation}).
 */
final class RecordedHistory {

  private static final long FLUSHED_BY_AMD = ControlState.CR4_PSE | ControlState.CR4_PAE;

  private final Walker walker;
  private final List<Moment> moments = new ArrayList<>();

  RecordedHistory(Profile profile, ControlState control, int[] words) {
    walker = new Walker(profile);
    moments.add(Moment.first(control, words));
  }

  Moment now() {
    return moments.getLast();
  }

  /** What may be held now, by all that is recorded. */
  HistorySearch search() {
    return new HistorySearch(walker, moments);
  }

  /** What may be held if nothing was cached before now. */
  HistorySearch searchOnlyNow() {
    return new HistorySearch(
        walker, List.of(now().forgetting(new Forgotten.Nothing(), now().control())));
  }

  void store(long address, int value) {
    moments.add(now().stored(address, value));
  }

  /** Both words of an entry change at one moment. */
  void store(long address, long value) {
    moments.add(now().stored(address, (int) value).stored(address + 4, (int) (value >>> 32)));
  }

  /** All fragments of the page that the tables map there, and all partial walks. */
  void invalidatePage(long page, GuestPhysicalMemory memory) {
    forget(new Forgotten.OfPage(page, now().control().pcid(), true, mapped(page, memory), true));
  }

  private long mapped(long page, GuestPhysicalMemory memory) {
    return walker.walk(memory, now().control(), page).end()
            instanceof GuestWalk.End.Reached(Translation found)
        ? found.pages()
        : 1;
  }

  /**
   * Type 0 names the page that the tables map there, as INVLPG does; those of another PCID are not
   * known (docs/adr/0006).
   */
  void invalidatePcid(InvalidationType type, int pcid, long page, GuestPhysicalMemory memory) {
    forget(
        switch (type) {
          case ADDRESS -> {
            boolean current = pcid == now().control().pcid();
            long pages = current ? mapped(page, memory) : 1;
            yield new Forgotten.OfPage(page, pcid, false, pages, false);
          }
          case SINGLE_CONTEXT -> new Forgotten.All(pcid, false);
          case ALL_CONTEXTS -> new Forgotten.All(Forgotten.EVERY_PCID, true);
          case ALL_CONTEXTS_KEEPING_GLOBALS -> new Forgotten.All(Forgotten.EVERY_PCID, false);
        });
  }

  /** Less than 4.10.4.1 promises: only the fragment that faulted has to go (docs/adr/0003). */
  void deliverFault(long page) {
    forget(new Forgotten.OfFault(page, now().control().pcid()));
  }

  /** Nothing that is complete has to go (docs/adr/0003). */
  void deliverWalkFault(long page) {
    forget(new Forgotten.WalksTo(page, now().control().pcid()));
  }

  /** A register is written, legally. */
  void writeControl(ControlRegister register, long value, ControlState after) {
    ControlState before = now().control();
    Forgotten forgotten =
        switch (register) {
          case CR0 ->
              bits(before.cr0() ^ after.cr0(), ControlState.CR0_PG)
                  ? new Forgotten.All(Forgotten.EVERY_PCID, true)
                  : new Forgotten.Nothing();
          case CR3 ->
              bits(before.cr4(), ControlState.CR4_PCIDE) && value < 0
                  ? new Forgotten.Nothing()
                  : new Forgotten.All(after.pcid(), false);
          case CR4 -> ofCr4(before, after);
          case EFER -> new Forgotten.Nothing();
        };
    moments.add(now().forgetting(forgotten, after));
  }

  private Forgotten ofCr4(ControlState before, ControlState after) {
    long changed = before.cr4() ^ after.cr4();
    long cleared = changed & before.cr4();
    long set = changed & after.cr4();
    boolean amd = walker.profile().vendor() == Vendor.AMD;
    if (bits(changed, ControlState.CR4_PGE)
        || bits(cleared, ControlState.CR4_PCIDE)
        || (amd && (bits(changed, FLUSHED_BY_AMD) || bits(set, ControlState.CR4_PKE)))) {
      return new Forgotten.All(Forgotten.EVERY_PCID, true);
    }
    return !amd && (bits(changed, ControlState.CR4_PAE) || bits(set, ControlState.CR4_SMEP))
        ? new Forgotten.All(before.pcid(), false)
        : new Forgotten.Nothing();
  }

  private static boolean bits(long value, long any) {
    return (value & any) != 0;
  }

  private void forget(Forgotten forgotten) {
    moments.add(now().forgetting(forgotten, now().control()));
  }
}
