package io.vtlb.model.monitor;

import io.vtlb.model.event.HostResponse;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.HostOperation.CreateMachine;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.operation.HostOperation.HarvestDirtyLog;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.ResizePages;
import io.vtlb.model.operation.HostOperation.StartDirtyLog;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VirtualTlb;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Judges that nothing reaches what the host has revoked, at once and on every virtual CPU, running
 * or not (claims 11, 14 and 24).
 */
final class HostJudge {

  /** What this judge may blame. */
  static final Set<Rule> RULES = Set.of(Rule.HOST_1, Rule.HOST_2, Rule.HOST_3, Rule.PROC_1);

  /**
   * Takes note that the host has changed a machine, before the target follows.
   *
   * @param before the host map until now
   */
  void changed(MonitoredMachine machine, HostOperation operation, HostMap before, Tally tally) {
    List<HostRange> behind = behind(operation, before);
    count(machine, operation, behind, tally);
    if (revokes(operation)) {
      machine.revoked().add(behind);
    }
    if (operation instanceof StartDirtyLog) {
      machine.writes().start();
    }
    if (operation instanceof UnmapFrames unmap) {
      machine.writes().forget(unmap.guestFrame(), unmap.frames());
    }
    machine.vcpus().forEach(MonitoredVcpu::unsettle);
  }

  /** Counts the rules that would show if the target did not follow an operation. */
  private static void count(
      MonitoredMachine machine, HostOperation operation, List<HostRange> behind, Tally tally) {
    if (revokes(operation)) {
      tally.count(Rule.HOST_1, reaches(machine, entry -> overlaps(entry, behind)));
    } else if (operation instanceof ProtectFrames protect && protect.readOnly()) {
      tally.count(
          Rule.HOST_2,
          reaches(machine, entry -> entry.rights().write() && overlaps(entry, behind)));
    }
  }

  private static boolean reaches(MonitoredMachine machine, Predicate<ActiveEntry> entries) {
    for (MonitoredVcpu vcpu : machine.vcpus()) {
      for (PrivilegeSet set : vcpu.judgedSets()) {
        if (vcpu.content().of(set).stream().anyMatch(entries)) {
          return true;
        }
      }
      if (vcpu.processor().all().stream().anyMatch(held -> entries.test(held.entry()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean overlaps(ActiveEntry entry, List<HostRange> runs) {
    for (HostRange run : runs) {
      if (overlaps(entry, run)) {
        return true;
      }
    }
    return false;
  }

  private static boolean overlaps(ActiveEntry entry, HostRange run) {
    return entry.hostFrame() < run.hostFrame() + run.frames()
        && run.hostFrame() < entry.hostFrame() + entry.pages();
  }

  /** The memory that an operation concerns, as it was before it. */
  private static List<HostRange> behind(HostOperation operation, HostMap before) {
    return switch (operation) {
      case UnmapFrames unmap -> before.behind(unmap.guestFrame(), unmap.frames());
      case MoveFrames move -> before.behind(move.guestFrame(), move.frames());
      case ProtectFrames protect -> before.behind(protect.guestFrame(), protect.frames());
      case DestroyMachine destroy -> before.ranges();
      case MapFrames map -> List.of();
      case ResizePages resize -> List.of();
      case StartDirtyLog start -> List.of();
      case HarvestDirtyLog harvest -> List.of();
      case CreateMachine create -> List.of();
    };
  }

  /** True if the memory that an operation concerns is no longer the machine's. */
  private static boolean revokes(HostOperation operation) {
    return operation instanceof UnmapFrames
        || operation instanceof MoveFrames
        || operation instanceof DestroyMachine;
  }

  /** Judges what a target shows of a machine, and answers, after an operation. */
  void judge(
      VirtualTlb tlb,
      HostOperation operation,
      HostResponse response,
      MonitoredMachine machine,
      Findings findings) {
    if (operation instanceof HarvestDirtyLog) {
      judgeHarvest(machine, response, findings);
    }
    for (MonitoredVcpu vcpu : machine.vcpus()) {
      vcpu.show(vcpu.content().refreshed(tlb, vcpu.name(), vcpu.admissible().control()));
      judge(operation, machine, vcpu, findings);
    }
  }

  /** Judges what one virtual CPU shows and its processor may hold after an operation. */
  private static void judge(
      HostOperation operation, MonitoredMachine machine, MonitoredVcpu vcpu, Findings findings) {
    Set<PrivilegeSet> sets = vcpu.judgedSets();
    for (PrivilegeSet set : sets) {
      for (ActiveEntry entry : vcpu.content().of(set)) {
        if (leadsToRevoked(machine, entry)) {
          findings.broken(
              Rule.HOST_1, () -> reason(operation, vcpu, set, entry, "the active structure has"));
        } else if (storesToReadOnly(machine, entry)) {
          findings.broken(
              Rule.HOST_2, () -> reason(operation, vcpu, set, entry, "the active structure has"));
        }
      }
    }
    for (ProcessorHoldings.Held held : vcpu.processor().all()) {
      if (sets.contains(held.set())
          && !vcpu.content().of(held.set()).contains(held.entry())
          && (leadsToRevoked(machine, held.entry()) || storesToReadOnly(machine, held.entry()))) {
        findings.broken(
            Rule.PROC_1,
            () ->
                reason(operation, vcpu, held.set(), held.entry(), "the processor may still hold"));
      }
    }
  }

  /** Judges that no processor keeps anything of a machine that is destroyed. */
  void judgeDestroyed(MonitoredMachine machine, Findings findings) {
    for (MonitoredVcpu vcpu : machine.vcpus()) {
      for (ProcessorHoldings.Held held : vcpu.processor().all()) {
        findings.broken(
            Rule.PROC_1,
            () ->
                "vm%d is destroyed; the processor may still hold %s of %s %s"
                    .formatted(machine.vm(), held.entry(), vcpu.name(), held.set()));
      }
    }
  }

  /** Judges a harvested log. */
  private static void judgeHarvest(
      MonitoredMachine machine, HostResponse response, Findings findings) {
    Set<Long> missing = new TreeSet<>(machine.writes().harvest());
    findings.tally().count(Rule.HOST_3, !missing.isEmpty());
    missing.removeAll(response.dirtyFrames());
    if (!missing.isEmpty()) {
      findings.broken(
          Rule.HOST_3,
          () ->
              "the dirty log of vm%d does not name guest frames that were written: %s"
                  .formatted(
                      machine.vm(),
                      missing.stream().map(frame -> "0x" + Long.toHexString(frame)).toList()));
    }
  }

  private static boolean leadsToRevoked(MonitoredMachine machine, ActiveEntry entry) {
    if (machine.revoked().isEmpty() || framesWithin(machine, entry) == entry.pages()) {
      return false;
    }
    for (long page = entry.page(); page < entry.page() + entry.pages(); page++) {
      long hostFrame = entry.hostFrame(page);
      if (machine.hostMap().guestFrame(hostFrame) == HostMap.NO_FRAME
          && machine.revoked().includes(hostFrame)) {
        return true;
      }
    }
    return false;
  }

  private static long framesWithin(MonitoredMachine machine, ActiveEntry entry) {
    long end = entry.hostFrame() + entry.pages();
    long within = 0;
    for (HostRange run : machine.hostMap().ranges()) {
      long from = Math.max(entry.hostFrame(), run.hostFrame());
      long to = Math.min(end, run.hostFrame() + run.frames());
      within += Math.max(0, to - from);
    }
    return within;
  }

  private static boolean storesToReadOnly(MonitoredMachine machine, ActiveEntry entry) {
    if (entry.rights().write()) {
      for (HostRange run : machine.hostMap().ranges()) {
        if (run.readOnly() && overlaps(entry, run)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String reason(
      HostOperation operation,
      MonitoredVcpu vcpu,
      PrivilegeSet set,
      ActiveEntry entry,
      String who) {
    return "after %s, %s %s: %s %s".formatted(operation, vcpu.name(), set, who, entry);
  }
}
