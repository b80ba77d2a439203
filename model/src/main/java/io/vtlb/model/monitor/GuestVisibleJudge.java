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
   * One operation that accesses memory and what came of it.
   *
   * @param parts the ways of each page's part before it was made; one, or two where it crosses
   * @param value what a store writes, all parts together
   */
  record Seen(
      MonitoredMachine machine,
      MonitoredVcpu vcpu,
      List<Ways> parts,
      long value,
      Observation observation) {

    /** What the operation read or wrote of a part. */
    long slice(int part, long whole) {
      int before = part == 0 ? 0 : parts.getFirst().access().bytes();
      int bytes = parts.get(part).access().bytes();
      long shifted = whole >>> (before * Byte.SIZE);
      return bytes == Long.BYTES ? shifted : shifted & ((1L << (bytes * Byte.SIZE)) - 1);
    }
  }

  private final ForeignFrames foreign;

  GuestVisibleJudge(ForeignFrames foreign) {
    this.foreign = foreign;
  }

  void judge(Seen seen, Findings findings) {
    for (Ways ways : seen.parts()) {
      count(seen, ways, findings.tally());
    }
    switch (seen.observation()) {
      case Observation.Loaded(long value) -> {
        for (int part = 0; part < seen.parts().size(); part++) {
          Ways ways = seen.parts().get(part);
          if (ways.access().isStore() || !mayLoad(seen, ways, seen.slice(part, value))) {
            blame(seen, ways, findings);
          }
        }
      }
      case Observation.Completed completed -> {
        for (int part = 0; part < seen.parts().size(); part++) {
          Ways ways = seen.parts().get(part);
          if (!ways.access().isStore()
              || !mayHaveStored(seen, ways, seen.slice(part, seen.value()))) {
            blame(seen, ways, findings);
          }
        }
      }
      case Observation.ReachedDevice device -> {
        if (seen.parts().stream().noneMatch(ways -> mayReachDevice(seen, ways))) {
          blame(seen, seen.parts().getFirst(), findings);
        }
      }
      case Observation.PageFaulted(FaultCode code, long address) ->
          judgeFault(seen, code, address, findings);
      case Observation.GeneralProtection protection ->
          findings.broken(Rule.EVENT_4, () -> describe(seen));
      case Observation.InvalidOpcode invalid -> findings.broken(Rule.EVENT_4, () -> describe(seen));
      case Observation.Stuck stuck ->
          findings.broken(Rule.EVENT_4, () -> describe(seen) + " never completed");
    }
  }

  private static void judgeFault(Seen seen, FaultCode code, long address, Findings findings) {
    findings.tally().exercise(Rule.EVENT_3);
    boolean permitted = true;
    boolean mayFault = false;
    for (Ways ways : seen.parts()) {
      permitted &= ways.allPermit();
      mayFault |= ways.mayFault(code) && address == ways.access().address();
    }
    if (permitted) {
      findings.broken(Rule.EVENT_4, () -> describe(seen) + ", but every way permits it");
    } else if (!mayFault) {
      findings.broken(Rule.EVENT_3, () -> describe(seen));
    }
  }

  private static boolean mayReachDevice(Seen seen, Ways ways) {
    return !ways.frames().stream().allMatch(seen.machine().memory()::backed);
  }

  private static boolean mayLoad(Seen seen, Ways ways, long value) {
    for (long frame : ways.frames()) {
      if (contents(seen, ways.access(), frame) == value) {
        return true;
      }
    }
    return false;
  }

  private static long contents(Seen seen, Access access, long frame) {
    return seen.machine()
        .memory()
        .read(PageSize.address(frame, PageSize.offset(access.address())), access.bytes());
  }

  private static boolean mayHaveStored(Seen seen, Ways ways, long value) {
    List<WatchedMemory.Write> stores =
        seen.machine().watched().writes().stream().filter(WatchedMemory.Write::emulated).toList();
    if (stores.size() != seen.parts().size()) {
      return false;
    }
    for (WatchedMemory.Write store : stores) {
      if (store.after() == value
          && store.bytes() == ways.access().bytes()
          && PageSize.offset(store.physicalAddress()) == PageSize.offset(ways.access().address())
          && ways.frames().contains(store.physicalAddress() >>> PageSize.BASE_SHIFT)) {
        return true;
      }
    }
    return false;
  }

  /** Finds the rule for an access that completed as no way does. */
  private void blame(Seen seen, Ways ways, Findings findings) {
    findings.broken(ruleFor(seen, ways), () -> describe(seen));
  }

  private Rule ruleFor(Seen seen, Ways ways) {
    Optional<Long> reached = frameReached(seen, ways);
    if (reached.isEmpty() && foreignTag(seen, ways)) {
      return Rule.ISOLATE_1;
    }
    long page = ways.access().page();
    Optional<Invalidation.Row> row =
        reached.flatMap(
            frame -> seen.vcpu().dropped().rowThatEnded(page, frame, translation -> true));
    if (row.isPresent()) {
      return Admissibility.ruleOf(row.get());
    }
    if (!ways.allDeny()) {
      return Rule.DERIVE_1;
    }
    if (!deniedForRights(ways)) {
      return Rule.EVENT_2;
    }
    return ways.access().isUser() && !Admissibility.userMayReach(seen.vcpu(), page)
        ? Rule.PRIV_1
        : Rule.DERIVE_2;
  }

  private static boolean deniedForRights(Ways ways) {
    for (Way way : ways.ways()) {
      if (way instanceof Way.Faults faults
          && faults.code().present()
          && !faults.code().reserved()) {
        return true;
      }
    }
    return false;
  }

  /** The guest frame whose tag or store gives away what the access reached. */
  private static Optional<Long> frameReached(Seen seen, Ways ways) {
    Access access = ways.access();
    for (WatchedMemory.Write write : seen.machine().watched().writes()) {
      if (write.emulated()
          && PageSize.offset(write.physicalAddress()) == PageSize.offset(access.address())) {
        return Optional.of(write.physicalAddress() >>> PageSize.BASE_SHIFT);
      }
    }
    if (seen.observation() instanceof Observation.Loaded(long value)) {
      long loaded = seen.slice(seen.parts().indexOf(ways), value);
      for (long frame : seen.vcpu().dropped().framesOf(access.page())) {
        if (contents(seen, access, frame) == loaded) {
          return Optional.of(frame);
        }
      }
    }
    return Optional.empty();
  }

  private boolean foreignTag(Seen seen, Ways ways) {
    if (!foreign.severalMachines()
        || !(seen.observation() instanceof Observation.Loaded(long value))) {
      return false;
    }
    long tag = seen.slice(seen.parts().indexOf(ways), value) >>> 28 & 0xF;
    return tag != seen.machine().vm() + 1 && foreign.isMachine((int) tag - 1);
  }

  private void count(Seen seen, Ways ways, Tally tally) {
    boolean completes = !ways.allDeny();
    tally.count(Rule.DERIVE_1, completes);
    tally.count(Rule.ISOLATE_1, completes && foreign.severalMachines());
    tally.count(Rule.EVENT_2, ways.allDeny());
    tally.count(Rule.EVENT_4, ways.allPermit());
    boolean denied = ways.allDeny() && deniedForRights(ways);
    tally.count(Rule.DERIVE_2, denied);
    tally.count(Rule.PRIV_1, denied && ways.access().isUser());
    long page = ways.access().page();
    for (long frame : seen.vcpu().dropped().framesOf(page)) {
      if (!ways.frames().contains(frame) && isMemory(seen, frame)) {
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
        .formatted(
            seen.vcpu().name(),
            seen.parts().stream().map(Ways::access).toList(),
            seen.observation(),
            seen.parts().stream().map(Ways::ways).toList());
  }
}
