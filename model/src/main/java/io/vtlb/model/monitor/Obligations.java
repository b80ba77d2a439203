package io.vtlb.model.monitor;

import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.event.Event;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Applies what events oblige a virtual CPU's caches to forget, and counts where it would have shown
 * if a target had not.
 *
 * <p>Source: Intel SDM vol. 3, 4.10.4.1.
 */
final class Obligations {

  private static final Set<Rule> ROWS = EnumSet.noneOf(Rule.class);

  static {
    for (Invalidation.Row row : Invalidation.Row.values()) {
      ROWS.add(Admissibility.ruleOf(row));
    }
  }

  private final Walker walker;
  private final Admissibility admissibility;
  private final Tally tally;
  private final boolean contentIsShown;

  /**
   * @param contentIsShown true if the target shows its active structure, so that what it could
   *     reach is known
   */
  Obligations(Walker walker, Admissibility admissibility, Tally tally, boolean contentIsShown) {
    this.walker = walker;
    this.admissibility = admissibility;
    this.tally = tally;
    this.contentIsShown = contentIsShown;
  }

  /** INVLPG. */
  void invalidatePage(MonitoredMachine machine, MonitoredVcpu vcpu, long address) {
    long page = vcpu.admissible().mode().canonicalPage(PageSize.page(address));
    drop(machine, vcpu, Invalidation.ofPage(page, vcpu.admissible().control()));
  }

  /** INVPCID. */
  void invalidatePcid(
      MonitoredMachine machine, MonitoredVcpu vcpu, Event.InvalidatePcid invalidate) {
    ControlState control = vcpu.admissible().control();
    long page = PageSize.page(invalidate.address());
    drop(machine, vcpu, Invalidation.ofPcid(invalidate.type(), invalidate.pcid(), page, control));
  }

  /** A write to a control register, with what it obliges to forget. */
  void writeControl(MonitoredMachine machine, MonitoredVcpu vcpu, Event.ControlWrite write) {
    Optional<Invalidation> obliged = Invalidation.ofControlWrite(write, walker.profile());
    boolean identityEnds = !vcpu.admissible().control().paging() && write.after().paging();
    int left = vcpu.admissible().control().pcid();
    List<Translation> gone =
        vcpu.admissible().controlWritten(write.after(), obliged.stream().toList());
    obliged.ifPresent(invalidation -> {
      if (identityEnds) {
        vcpu.dropped().addIdentity(invalidation.row());
      }
      note(machine, vcpu, gone, identityEnds, invalidation.row());
    });
    if (left != write.after().pcid()) {
      countKept(machine, vcpu, vcpu.changeContext(left, write.after().pcid()));
    }
  }

  /**
   * Counts the rows that ended, while a context waited or as it was loaded, what the target showed
   * of it last: only now it would show.
   */
  private void countKept(MonitoredMachine machine, MonitoredVcpu vcpu, ActiveContent kept) {
    Step moment = Step.between(machine, vcpu, walker);
    Set<Rule> ended = EnumSet.noneOf(Rule.class);
    for (PrivilegeSet set : vcpu.judgedSets()) {
      for (ActiveEntry entry : kept.of(set)) {
        Rule broken = admissibility.brokenBy(moment, set, entry);
        if (broken != null && ROWS.contains(broken)) {
          ended.add(broken);
        }
      }
    }
    ended.forEach(tally::exercise);
  }

  /** The delivery of a page fault. */
  void deliverFault(MonitoredMachine machine, MonitoredVcpu vcpu, Access access, FaultCode code) {
    if (code.present() && !code.reserved()) {
      drop(
          machine, vcpu, Invalidation.ofDeliveredFault(access.page(), vcpu.admissible().control()));
    } else {
      vcpu.admissible()
          .drop(Invalidation.ofDeliveredWalkFault(access.page(), vcpu.admissible().control()));
    }
  }

  private void drop(MonitoredMachine machine, MonitoredVcpu vcpu, Invalidation invalidation) {
    note(machine, vcpu, vcpu.admissible().drop(invalidation), false, invalidation.row());
  }

  private void note(
      MonitoredMachine machine,
      MonitoredVcpu vcpu,
      List<Translation> gone,
      boolean identityGone,
      Invalidation.Row row) {
    vcpu.dropped().add(gone, row);
    if (contentIsShown) {
      boolean shows =
          (identityGone || !gone.isEmpty()) && couldReachAny(machine, vcpu, gone, identityGone);
      tally.count(Admissibility.ruleOf(row), shows);
    }
  }

  /** True if the target could reach something until now that the drop made inadmissible. */
  private boolean couldReachAny(
      MonitoredMachine machine, MonitoredVcpu vcpu, List<Translation> gone, boolean identityGone) {
    Step moment = Step.between(machine, vcpu, walker);
    for (PrivilegeSet set : vcpu.judgedSets()) {
      for (ActiveEntry entry : vcpu.content().of(set)) {
        if ((identityGone || mapsAny(entry, gone, machine.hostMap()))
            && admissibility.brokenBy(moment, set, entry) != null) {
          return true;
        }
      }
    }
    for (ProcessorHoldings.Held held : vcpu.processor().all()) {
      if ((identityGone || mapsAny(held.entry(), gone, machine.hostMap()))
          && admissibility.brokenBy(moment, held.set(), held.entry()) != null) {
        return true;
      }
    }
    return false;
  }

  private static boolean mapsAny(ActiveEntry entry, List<Translation> gone, HostMap hostMap) {
    for (Translation translation : gone) {
      long page = Math.max(entry.page(), translation.page());
      if (entry.covers(page)
          && translation.covers(page)
          && hostMap.hostFrame(translation.frame(page)) == entry.hostFrame(page)) {
        return true;
      }
    }
    return false;
  }
}
