package io.vtlb.model.monitor;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.monitor.WatchedMemory.Write;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.EntryMeaning;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.rule.Rule;
import java.util.Set;

/**
 * Judges each write of a target to guest memory: accessed and dirty bits, and emulated stores
 * (claim 2; Intel SDM vol. 3, 4.8).
 */
final class UpdateJudge {

  /** What this judge may blame. */
  static final Set<Rule> RULES = Set.of(Rule.AD_3);

  void judge(Step step, Findings findings) {
    count(step, findings.tally());
    if (step.machine().watched().writes().isEmpty()) {
      return;
    }
    if (step.machine().watched().writes().stream().filter(Write::emulated).count() > 1) {
      findings.broken(
          Rule.AD_3, () -> step.vcpu().name() + ": more than one store for " + step.event());
    }
    for (Write write : step.machine().watched().writes()) {
      findings.tally().exercise(Rule.AD_3);
      if (write.before() != write.after() || write.emulated()) {
        if (!(write.emulated() ? isGuestsStore(step, write) : isUpdate(step, write))) {
          findings.broken(
              Rule.AD_3,
              () ->
                  "%s: guest memory at 0x%x was changed from 0x%x to 0x%x without cause in %s"
                      .formatted(
                          step.vcpu().name(),
                          write.physicalAddress(),
                          write.before(),
                          write.after(),
                          step.event()));
        }
      }
    }
  }

  /** A bit that was clear until now is what forgetting it would have left clear. */
  private static void count(Step step, Tally tally) {
    boolean accessed = false;
    boolean dirty = false;
    for (Write write : step.machine().watched().writes()) {
      long set = write.emulated() ? 0 : write.after() & ~write.before();
      accessed |= (set & EntryBits.ACCESSED) != 0;
      dirty |= (set & EntryBits.DIRTY) != 0;
    }
    tally.count(Rule.AD_1, accessed && step.after().addedOrWidened(step.before()).isPresent());
    tally.count(Rule.AD_2, dirty);
  }

  private static boolean isGuestsStore(Step step, Write write) {
    return step.event() instanceof Event.PageFault fault
        && step.response().action() instanceof Action.StoreEmulated
        && fault.access().isStore()
        && fault.access().bytes() == write.bytes()
        && fault.value() == write.after()
        && PageSize.offset(fault.access().address()) == PageSize.offset(write.physicalAddress())
        && step.ways()
            .orElseThrow()
            .frames()
            .contains(write.physicalAddress() >>> PageSize.BASE_SHIFT);
  }

  private static boolean isUpdate(Step step, Write write) {
    long set = write.after() & ~write.before();
    boolean onlySets = (write.before() & ~write.after()) == 0;
    return onlySets
        && write.physicalAddress() == entryAddress(step, write)
        && (set & ~(EntryBits.ACCESSED | EntryBits.DIRTY)) == 0
        && ((set & EntryBits.ACCESSED) == 0 || isWalked(step, write))
        && ((set & EntryBits.DIRTY) == 0 || isStoredThrough(step, write));
  }

  /** Some walk reads this entry and goes on from it. */
  private static boolean isWalked(Step step, Write write) {
    for (PartialWalk walk : step.vcpu().admissible().walksReading(frameOf(write))) {
      EntryMeaning meaning = meaning(step, walk, write);
      if (meaning == EntryMeaning.TABLE || meaning == EntryMeaning.LEAF) {
        return true;
      }
    }
    return false;
  }

  /** The store at hand is permitted through this entry, a leaf. */
  private static boolean isStoredThrough(Step step, Write write) {
    if (!(step.event() instanceof Event.PageFault fault) || !fault.access().isStore()) {
      return false;
    }
    Access access = fault.access();
    PagingMode mode = step.mode();
    for (PartialWalk walk : step.vcpu().admissible().walksReading(frameOf(write))) {
      int index = mode.level(walk.depth()).index(access.page());
      if (walk.leadsTo(access.page(), mode)
          && Walker.entryAddress(walk, index, mode) == entryAddress(step, write)
          && meaning(step, walk, write) == EntryMeaning.LEAF
          && Permission.permits(
              step.walker()
                  .leaf(walk, entryBefore(step, write), mode, step.control(), access.page()),
              access,
              step.control())) {
        return true;
      }
    }
    return false;
  }

  private static EntryMeaning meaning(Step step, PartialWalk walk, Write write) {
    PagingMode mode = step.mode();
    return step.walker()
        .meaning(entryBefore(step, write), mode.level(walk.depth()), mode, step.control());
  }

  private static long frameOf(Write write) {
    return write.physicalAddress() >>> PageSize.BASE_SHIFT;
  }

  private static long entryAddress(Step step, Write write) {
    return write.physicalAddress() & -(long) step.mode().format().bytes();
  }

  /**
   * The whole entry before a write, which may have been to a part of it: accessed and dirty bits
   * lie in its lowest byte.
   */
  private static long entryBefore(Step step, Write write) {
    int bytes = step.mode().format().bytes();
    if (write.bytes() >= bytes) {
      return write.before();
    }
    long now = step.machine().memory().read(entryAddress(step, write), bytes);
    long part = (1L << (write.bytes() * Byte.SIZE)) - 1;
    int shift = (int) (write.physicalAddress() - entryAddress(step, write)) * Byte.SIZE;
    return (now & ~(part << shift)) | (write.before() << shift);
  }
}
