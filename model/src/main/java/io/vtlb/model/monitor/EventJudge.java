package io.vtlb.model.monitor;

import io.vtlb.model.admissible.Ways;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.rule.Rule;
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
          Rule.AD_1,
          Rule.AD_2);

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

  private static void judgeFault(Step step, Event.PageFault fault, Ways ways, Findings findings) {
    countDevice(step, ways, findings.tally());
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

  private static void countDevice(Step step, Ways ways, Tally tally) {
    boolean device = false;
    for (long frame : ways.frames()) {
      device |= !step.machine().memory().backed(frame);
    }
    tally.count(Rule.DEVICE_1, device);
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

  private static void judgeInjected(
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
    step.after()
        .addedOrWidened(step.before())
        .ifPresent(entry ->
            findings.broken(Rule.EVENT_3, () -> "handing over a fault added or widened " + entry));
  }

  private static void judgeEmulated(Step step, Event.PageFault fault, Findings findings) {
    Access access = fault.access();
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

  private static void judgeDevice(Step step, Access access, Ways ways, Findings findings) {
    if (ways.allDeny()) {
      return;
    }
    boolean leadsThere = false;
    for (long frame : ways.frames()) {
      leadsThere |= !step.machine().memory().backed(frame);
    }
    if (!leadsThere) {
      findings.broken(
          Rule.EVENT_4, () -> access + " was taken for a device access; its ways: " + ways.ways());
    } else if (!throughUpdatedEntries(
        step, access, frame -> !step.machine().memory().backed(frame))) {
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
