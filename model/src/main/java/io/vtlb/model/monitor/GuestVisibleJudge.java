package io.vtlb.model.monitor;

import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.admissible.Way;
import io.vtlb.model.admissible.Ways;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.HostMap;
import java.util.List;
import java.util.Optional;

/**
 * Judges what the guest saw of one access against its ways, when nothing else of the target can be
 * seen.
 *
 * <p>Frames are told apart by the tags that unwritten memory holds, and a store is found by what
 * was written.
 */
final class GuestVisibleJudge {

  /**
   * One access and what came of it.
   *
   * @param ways its ways before it was made
   * @param value what a store writes
   */
  record Seen(
      MonitoredMachine machine,
      MonitoredVcpu vcpu,
      Ways ways,
      long value,
      Observation observation) {

    Access access() {
      return ways.access();
    }
  }

  private final ForeignFrames foreign;

  GuestVisibleJudge(ForeignFrames foreign) {
    this.foreign = foreign;
  }

  void judge(Seen seen, Findings findings) {
    count(seen, findings.tally());
    switch (seen.observation()) {
      case Observation.Loaded(long value) -> {
        if (seen.access().isStore() || !mayLoad(seen, value)) {
          blame(seen, findings);
        }
      }
      case Observation.Completed completed -> {
        if (!seen.access().isStore() || !mayHaveStored(seen)) {
          blame(seen, findings);
        }
      }
      case Observation.ReachedDevice device -> {
        if (seen.ways().frames().stream().allMatch(seen.machine().memory()::backed)) {
          blame(seen, findings);
        }
      }
      case Observation.PageFaulted(FaultCode code, long address) ->
          judgeFault(seen, code, address, findings);
      case Observation.GeneralProtection protection -> blame(seen, findings);
      case Observation.Stuck stuck ->
          findings.broken(Rule.EVENT_4, () -> describe(seen) + " never completed");
    }
  }

  private void judgeFault(Seen seen, FaultCode code, long address, Findings findings) {
    findings.tally().exercise(Rule.EVENT_3);
    if (seen.ways().allPermit()) {
      findings.broken(Rule.EVENT_4, () -> describe(seen) + ", but every way permits it");
    } else if (!seen.ways().mayFault(code) || address != seen.access().address()) {
      findings.broken(Rule.EVENT_3, () -> describe(seen));
    }
  }

  private static boolean mayLoad(Seen seen, long value) {
    int offset = PageSize.offset(seen.access().address());
    for (long frame : seen.ways().frames()) {
      long word =
          Integer.toUnsignedLong(seen.machine().memory().word(PageSize.address(frame, offset)));
      if (word == value) {
        return true;
      }
    }
    return false;
  }

  private static boolean mayHaveStored(Seen seen) {
    List<WatchedMemory.Write> stores =
        seen.machine().watched().writes().stream().filter(WatchedMemory.Write::emulated).toList();
    if (stores.size() != 1 || stores.getFirst().after() != seen.value()) {
      return false;
    }
    long address = stores.getFirst().physicalAddress();
    return PageSize.offset(address) == PageSize.offset(seen.access().address())
        && seen.ways().frames().contains(address >>> PageSize.BASE_SHIFT);
  }

  /** Finds the rule for an access that completed as no way does. */
  private void blame(Seen seen, Findings findings) {
    findings.broken(ruleFor(seen), () -> describe(seen));
  }

  private Rule ruleFor(Seen seen) {
    Optional<Long> reached = frameReached(seen);
    if (reached.isEmpty() && foreignTag(seen)) {
      return Rule.ISOLATE_1;
    }
    long page = seen.access().page();
    Optional<Invalidation.Row> row =
        reached.flatMap(
            frame -> seen.vcpu().dropped().rowThatEnded(page, frame, translation -> true));
    if (row.isPresent()) {
      return Admissibility.ruleOf(row.get());
    }
    if (!seen.ways().allDeny()) {
      return Rule.DERIVE_1;
    }
    if (!deniedForRights(seen)) {
      return Rule.EVENT_2;
    }
    boolean userMayReach =
        seen.vcpu().admissible().at(page).stream().anyMatch(held -> held.rights().user());
    return seen.access().isUser() && !userMayReach ? Rule.PRIV_1 : Rule.DERIVE_2;
  }

  private static boolean deniedForRights(Seen seen) {
    for (Way way : seen.ways().ways()) {
      if (way instanceof Way.Faults faults
          && faults.code().present()
          && !faults.code().reserved()) {
        return true;
      }
    }
    return false;
  }

  /** The guest frame whose tag or store gives away what the access reached. */
  private static Optional<Long> frameReached(Seen seen) {
    for (WatchedMemory.Write write : seen.machine().watched().writes()) {
      if (write.emulated()) {
        return Optional.of(write.physicalAddress() >>> PageSize.BASE_SHIFT);
      }
    }
    if (seen.observation() instanceof Observation.Loaded(long value)) {
      int offset = PageSize.offset(seen.access().address());
      for (long frame : seen.vcpu().dropped().framesOf(seen.access().page())) {
        if (Integer.toUnsignedLong(seen.machine().memory().word(PageSize.address(frame, offset)))
            == value) {
          return Optional.of(frame);
        }
      }
    }
    return Optional.empty();
  }

  private boolean foreignTag(Seen seen) {
    return seen.observation() instanceof Observation.Loaded(long value)
        && foreign.severalMachines()
        && value >>> 28 != seen.machine().vm() + 1
        && foreign.isMachine((int) (value >>> 28) - 1);
  }

  private void count(Seen seen, Tally tally) {
    boolean completes = !seen.ways().allDeny();
    tally.count(Rule.DERIVE_1, completes);
    tally.count(Rule.ISOLATE_1, completes && foreign.severalMachines());
    tally.count(Rule.EVENT_2, seen.ways().allDeny());
    tally.count(Rule.EVENT_4, seen.ways().allPermit());
    boolean denied = seen.ways().allDeny() && deniedForRights(seen);
    tally.count(Rule.DERIVE_2, denied);
    tally.count(Rule.PRIV_1, denied && seen.access().isUser());
    long page = seen.access().page();
    for (long frame : seen.vcpu().dropped().framesOf(page)) {
      if (!seen.ways().frames().contains(frame) && isMemory(seen, frame)) {
        seen.vcpu()
            .dropped()
            .rowThatEnded(page, frame, translation -> true)
            .ifPresent(row -> tally.exercise(Admissibility.ruleOf(row)));
      }
    }
  }

  private static boolean isMemory(Seen seen, long frame) {
    return seen.machine().hostMap().hostFrame(frame) != HostMap.NO_FRAME;
  }

  private static String describe(Seen seen) {
    return "%s: %s saw %s; admissible: %s"
        .formatted(seen.vcpu().name(), seen.access(), seen.observation(), seen.ways().ways());
  }
}
