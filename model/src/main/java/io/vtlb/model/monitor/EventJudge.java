package io.vtlb.model.monitor;

import io.vtlb.model.admissible.Ways;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Judges how an event was answered: whether the answer fits, and whether a page fault was the
 * guest's own.
 *
 * <p>Claims 3, 4, 7, 8, 9, 16, 17, 20, 21, 25, 29 and 30; Intel SDM vol. 3, 4.7.
 */
final class EventJudge {

  /** What this judge may blame. */
  static final Set<Rule> RULES =
      Set.of(
          Rule.EVENT_1,
          Rule.EVENT_2,
          Rule.EVENT_3,
          Rule.EVENT_4,
          Rule.EVENT_5,
          Rule.HOST_2,
          Rule.AD_1,
          Rule.AD_2);

  private final boolean strict;

  /**
   * @param strict true if the target declares no prefetch, sharing or recycling
   */
  EventJudge(boolean strict) {
    this.strict = strict;
  }

  void judge(Step step, Findings findings) {
    findings.tally().exercise(Rule.EVENT_1);
    if (Causes.isManipulation(step)) {
      findings.tally().exercise(Rule.EVENT_5);
    }
    if (step.event() instanceof Event.PageFault fault) {
      Ways ways = step.ways().orElseThrow();
      findings.tally().count(Rule.EVENT_2, ways.allDeny());
      findings.tally().count(Rule.EVENT_4, ways.allPermit());
      judgeFault(step, fault, ways, findings);
    } else if (!(step.response().action() instanceof Action.Resume)) {
      findings.broken(
          Causes.isManipulation(step) ? Rule.EVENT_5 : Rule.EVENT_1,
          () -> step.response().action() + " does not answer " + step.event());
    }
  }

  private void judgeFault(Step step, Event.PageFault fault, Ways ways, Findings findings) {
    countDevice(step, fault.access(), ways, findings.tally());
    switch (step.response().action()) {
      case Action.Resume resume -> judgeResolved(fault, ways, findings);
      case Action.StoreEmulated emulated -> {
        judgeResolved(fault, ways, findings);
        judgeEmulated(step, fault, findings);
      }
      case Action.DeviceAccess device -> {
        judgeResolved(fault, ways, findings);
        judgeDevice(step, fault.access(), ways, findings);
      }
      case Action.InjectPageFault(FaultCode code, long address) ->
          judgeInjected(step, fault, ways, code, address, findings);
    }
  }

  private static void countDevice(Step step, Access access, Ways ways, Tally tally) {
    boolean device = false;
    boolean readOnly = false;
    for (long frame : ways.frames()) {
      device |= !step.machine().memory().backed(frame);
      readOnly |= access.isStore() && step.machine().hostMap().readOnly(frame);
    }
    tally.count(Rule.DEVICE_1, device);
    tally.count(Rule.HOST_2, readOnly);
  }

  private static void judgeResolved(Event.PageFault fault, Ways ways, Findings findings) {
    if (ways.allDeny()) {
      findings.broken(
          Rule.EVENT_2,
          () ->
              fault.vcpu()
                  + ": "
                  + fault.access()
                  + " was resolved, but every way denies it: "
                  + ways.ways());
    }
  }

  private void judgeInjected(
      Step step,
      Event.PageFault fault,
      Ways ways,
      FaultCode code,
      long address,
      Findings findings) {
    findings.tally().exercise(Rule.EVENT_3);
    if (ways.allPermit()) {
      findings.broken(
          Rule.EVENT_4,
          () ->
              fault.vcpu()
                  + ": "
                  + fault.access()
                  + " was handed to the guest with "
                  + code
                  + ", but every way permits it: "
                  + ways.ways());
    } else if (!ways.mayFault(code) || address != fault.access().address()) {
      findings.broken(
          Rule.EVENT_3,
          () ->
              "%s: %s was handed over with code %s and address 0x%x; admissible: %s"
                  .formatted(fault.vcpu(), fault.access(), code, address, ways.ways()));
    }
    judgeUnneeded(step, fault.access(), findings);
  }

  /**
   * A fault that is handed over calls for no entry, but the ones of its page may be brought in line
   * with the guest's, and so may others by a target that declares to do such things
   * (docs/adr/0014). Where memory changed inside the event, what is admissible may have matched.
   */
  private void judgeUnneeded(Step step, Access access, Findings findings) {
    GuestMatch guest = new GuestMatch(step);
    for (PrivilegeSet set : PrivilegeSet.values()) {
      for (ActiveEntry entry : step.after().of(set)) {
        boolean mayMatch = !strict || entry.covers(access.page());
        if (!step.before().includes(set, entry)
            && !(mayMatch && (step.interrupted() || guest.matchesByAnyWalk(set, entry)))) {
          findings.broken(Rule.EVENT_3, () -> "handing over a fault added or widened " + entry);
        }
      }
    }
  }

  private static void judgeEmulated(Step step, Event.PageFault fault, Findings findings) {
    Access access = fault.access();
    judgeHostRights(step, findings);
    boolean done =
        step.machine().watched().writes().stream().anyMatch(WatchedMemory.Write::emulated);
    if (!access.isStore() || !done) {
      findings.broken(
          Rule.EVENT_4,
          () -> fault.access() + " was answered as an emulated store that did not happen");
    } else if (wroteWhereItMay(step)
        && !throughUpdatedEntries(step, access, frame -> wroteTo(step, frame))) {
      findings.broken(
          Rule.AD_2,
          () -> fault.access() + " was emulated without A=1 on its walk and D=1 in its leaf");
    }
  }

  private static void judgeHostRights(Step step, Findings findings) {
    for (WatchedMemory.Write write : step.machine().watched().writes()) {
      long frame = PageSize.page(write.physicalAddress());
      if (write.emulated() && write.readOnly()) {
        findings.broken(
            Rule.HOST_2,
            () -> "a store to guest frame 0x%x, which is read-only, was done".formatted(frame));
      }
    }
  }

  private static void judgeDevice(Step step, Access access, Ways ways, Findings findings) {
    if (ways.allDeny()) {
      return;
    }
    boolean leadsThere = false;
    for (long frame : ways.frames()) {
      leadsThere |= step.mayBeDevice(frame, access);
    }
    if (!leadsThere) {
      findings.broken(
          Rule.EVENT_4, () -> access + " was taken for a device access; its ways: " + ways.ways());
    } else if (!throughUpdatedEntries(step, access, frame -> step.mayBeDevice(frame, access))) {
      findings.broken(
          access.isStore() ? Rule.AD_2 : Rule.AD_1,
          () -> access + " reached a device without the accessed and dirty bits of its walk");
    }
  }

  /**
   * True if some translation that may be held now, so with A=1 on its walk, leads the access as it
   * is to such a frame.
   */
  private static boolean throughUpdatedEntries(Step step, Access access, LongPredicate frames) {
    for (Translation translation : step.vcpu().admissible().at(access.page())) {
      if (frames.test(translation.frame(access.page()))
          && Permission.permits(translation, access, step.control())
          && (!access.isStore() || translation.dirty())) {
        return true;
      }
    }
    return false;
  }

  /** A store that went elsewhere is no matter of accessed and dirty bits. */
  private static boolean wroteWhereItMay(Step step) {
    for (long frame : step.ways().orElseThrow().frames()) {
      if (wroteTo(step, frame)) {
        return true;
      }
    }
    return false;
  }

  private static boolean wroteTo(Step step, long frame) {
    return step.machine().watched().writes().stream()
        .anyMatch(
            write -> write.emulated() && write.physicalAddress() >>> PageSize.BASE_SHIFT == frame);
  }
}
