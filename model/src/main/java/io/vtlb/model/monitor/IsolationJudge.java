package io.vtlb.model.monitor;

import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.VirtualTlb;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Judges what an event of one machine, or its host, did to the active content of the others (claims
 * 11, 22 and 26).
 */
final class IsolationJudge {

  /** What this judge may blame. */
  static final Set<Rule> RULES = Set.of(Rule.ISOLATE_1, Rule.ISOLATE_2);

  private final ForeignFrames foreign;

  IsolationJudge(ForeignFrames foreign) {
    this.foreign = foreign;
  }

  /**
   * Judges whether an event, or an operation of a host, changed what machines show that it does not
   * concern.
   *
   * @param others the machines that it does not concern
   */
  @SuppressWarnings("ReferenceEquality") // the same record is the cheap sign of the same content
  void judge(
      Supplier<String> cause, List<MonitoredMachine> others, VirtualTlb target, Findings findings) {
    boolean hadContent = false;
    for (MonitoredMachine machine : others) {
      for (MonitoredVcpu vcpu : machine.vcpus()) {
        hadContent |= !vcpu.content().isEmpty();
        ActiveContent now =
            vcpu.content().refreshed(target, vcpu.name(), vcpu.admissible().control());
        if (now != vcpu.content()) {
          judgeOther(cause, machine, vcpu, now, findings);
          vcpu.show(now);
          vcpu.unsettle();
        }
      }
    }
    findings.tally().count(Rule.ISOLATE_2, hadContent);
  }

  private void judgeOther(
      Supplier<String> cause,
      MonitoredMachine machine,
      MonitoredVcpu vcpu,
      ActiveContent now,
      Findings findings) {
    for (PrivilegeSet set : PrivilegeSet.values()) {
      for (ActiveEntry entry : now.of(set)) {
        if (!vcpu.content().includes(set, entry)) {
          boolean leak =
              machine.hostMap().guestFrame(entry.hostFrame()) == HostMap.NO_FRAME
                  && foreign.belongsToOther(machine.vm(), entry.hostFrame());
          findings.broken(
              leak ? Rule.ISOLATE_1 : Rule.ISOLATE_2,
              () -> "%s gave %s %s the entry %s".formatted(cause.get(), vcpu.name(), set, entry));
        }
      }
    }
  }
}
