package io.vtlb.model.monitor;

import io.vtlb.model.admissible.AdmissibleTranslations;
import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.admissible.Ways;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges one sequence, step by step, at the level that its target offers.
 *
 * <p>Whoever plays guest and processor tells the monitor what happens, in order: machines as they
 * are created ({@link #watch}), stores to guest memory ({@link #guestStored}), and each event
 * before ({@link #begin}) and after ({@link #answered}) the target answers it. A step has at most
 * one blame, the most specific.
 */
public final class Monitor {

  private static final Set<Rule> CHECKED = EnumSet.of(Rule.INIT_1, Rule.PROGRESS_1);

  static {
    List.of(
            ReachableJudge.RULES,
            IsolationJudge.RULES,
            EventJudge.RULES,
            ReportJudge.RULES,
            UpdateJudge.RULES,
            ResyncJudge.RULES)
        .forEach(CHECKED::addAll);
  }

  private final Walker walker;
  private final Description target;
  private final Tally tally = new Tally();
  private final Findings findings;
  private final Map<Integer, MonitoredMachine> machines = new LinkedHashMap<>();
  private final Map<Integer, HostMap> hostMaps = new LinkedHashMap<>();
  private final ForeignFrames foreign = new ForeignFrames(hostMaps);
  private final Admissibility admissibility = new Admissibility(foreign);
  private final ReachableJudge reachable = new ReachableJudge(foreign, admissibility);
  private final IsolationJudge isolation = new IsolationJudge(foreign);
  private final EventJudge events = new EventJudge();
  private final ReportJudge reports = new ReportJudge();
  private final UpdateJudge updates = new UpdateJudge();
  private final GuestVisibleJudge visible = new GuestVisibleJudge(foreign);
  private final ResyncJudge resyncs;
  private @Nullable Pending pending;

  private record Pending(Event event, Optional<Ways> ways) {}

  /**
   * @param walker the paging mode and processor that the guests see
   * @param target what the target says about itself
   * @param selected the rules to judge, of those that the target's level allows
   */
  public Monitor(Walker walker, Description target, Set<Rule> selected) {
    this.walker = walker;
    this.target = target;
    this.resyncs = new ResyncJudge(target.strict());
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    for (Rule rule : selected) {
      if (target.level().shows(rule.level())) {
        rules.add(rule);
      }
    }
    this.findings = new Findings(rules, tally);
  }

  /** True if some check may blame a rule; not so for derived ones. */
  public static boolean checks(Rule rule) {
    return CHECKED.contains(rule);
  }

  /** How often each rule was judged and exercised so far. */
  public Tally tally() {
    return tally;
  }

  /**
   * Starts to watch a machine that is about to be created.
   *
   * @return the view of its memory to give to the target, so that its writes are judged
   */
  public GuestMemory watch(VmBlueprint blueprint, GuestPhysicalMemory memory) {
    MonitoredMachine machine = new MonitoredMachine(blueprint.vm(), blueprint.hostMap(), memory);
    for (int index = 0; index < blueprint.vcpus().size(); index++) {
      VmBlueprint.VcpuState state = blueprint.vcpus().get(index);
      machine
          .vcpus()
          .add(
              new MonitoredVcpu(
                  new Vcpu(blueprint.vm(), index),
                  new AdmissibleTranslations(walker, memory, state.control()),
                  PrivilegeSet.of(state.cpl()),
                  target.has(Feature.INTERCEPTS_PRIVILEGE_CHANGES)));
    }
    machines.put(blueprint.vm(), machine);
    hostMaps.put(blueprint.vm(), blueprint.hostMap());
    return machine.watched();
  }

  /** Judges what a target shows right after it created a machine (claim 10). */
  public Optional<Violation> created(VirtualTlb tlb, int vm) {
    judgeUncalledWrites(machine(vm), "creation");
    for (MonitoredVcpu vcpu : machine(vm).vcpus()) {
      ActiveContent content = ActiveContent.of(tlb, vcpu.name());
      tally.exercise(Rule.INIT_1);
      for (PrivilegeSet set : PrivilegeSet.values()) {
        for (ActiveEntry entry : content.of(set)) {
          findings.broken(
              Rule.INIT_1,
              () -> "%s %s starts with the valid entry %s".formatted(vcpu.name(), set, entry));
        }
      }
      vcpu.show(content);
    }
    return findings.blame();
  }

  /** Takes note that the guest, or another agent, stored to guest memory. */
  public void guestStored(int vm, long physicalAddress) {
    machine(vm).stored(physicalAddress);
  }

  /** Takes note that a virtual CPU now runs at this privilege level. */
  public void privilegeChanged(Vcpu vcpu, int cpl) {
    vcpu(vcpu).run(PrivilegeSet.of(cpl));
  }

  /** Takes note of an event before the target sees it; what it obliges to drop is dropped now. */
  public void begin(Event event) {
    machines.values().forEach(machine -> machine.watched().forgetWrites());
    Optional<Ways> ways =
        switch (event) {
          case Event.PageFault fault -> {
            Access access = fault.access();
            vcpu(fault.vcpu()).processor().dropPage(access.set(), access.page());
            yield Optional.of(waysOf(fault.vcpu(), access));
          }
          case Event.InvalidatePage invalidate -> {
            invalidatePage(invalidate.vcpu(), invalidate.address());
            yield Optional.empty();
          }
          case Event.ControlWrite write -> {
            writeControl(write.vcpu(), write.register(), write.before(), write.after());
            yield Optional.empty();
          }
          case Event.PrivilegeChange change -> {
            privilegeChanged(change.vcpu(), change.to());
            yield Optional.empty();
          }
        };
    pending = new Pending(event, ways);
  }

  /** Judges how the target answered the event that began last; null if it gave no answer. */
  public Optional<Violation> answered(VirtualTlb tlb, @Nullable Response response) {
    Pending begun = pending;
    if (begun == null) {
      throw new IllegalStateException("no event has begun");
    }
    pending = null;
    MonitoredMachine machine = machine(begun.event().vcpu().vm());
    MonitoredVcpu vcpu = vcpu(begun.event().vcpu());
    if (response == null) {
      findings.broken(Rule.EVENT_1, () -> begun.event() + " was not answered");
      return findings.blame();
    }
    List<ProcessorHoldings.Held> dropped = applyDrops(vcpu, response);
    ActiveContent before = vcpu.content();
    ActiveContent after = ActiveContent.of(tlb, vcpu.name());
    Step step =
        new Step(
            machine, vcpu, begun.event(), response, begun.ways(), before, after, dropped, walker);
    // Accessed and dirty bits belong to the walk, which a delivered fault then ends.
    updates.judge(step, findings);
    for (MonitoredMachine other : machines.values()) {
      if (other != machine) {
        judgeUncalledWrites(other, begun.event().toString());
      }
    }
    if (begun.event() instanceof Event.PageFault fault
        && response.action() instanceof Action.InjectPageFault(FaultCode code, long address)) {
      deliverFault(vcpu, fault.access(), code);
    }
    judge(step, tlb);
    vcpu.show(after);
    for (PrivilegeSet set : vcpu.judgedSets()) {
      vcpu.processor().fill(set, after.of(set));
    }
    return findings.blame();
  }

  /** Nothing gives a VMM cause to write to a machine's memory but that machine's own events. */
  private void judgeUncalledWrites(MonitoredMachine machine, String when) {
    for (WatchedMemory.Write write : machine.watched().writes()) {
      tally.exercise(Rule.AD_3);
      findings.broken(
          Rule.AD_3,
          () ->
              "guest memory of vm%d at 0x%x was written during %s"
                  .formatted(machine.vm(), write.physicalAddress(), when));
    }
  }

  private void judge(Step step, VirtualTlb tlb) {
    isolation.judge(step, machines.values(), tlb, findings);
    reachable.judge(step, findings);
    events.judge(step, findings);
    if (target.level().shows(ObservationLevel.SELF_REPORTING)) {
      reports.judge(step, findings);
      resyncs.judge(step, findings);
    }
  }

  private List<ProcessorHoldings.Held> applyDrops(MonitoredVcpu vcpu, Response response) {
    List<ProcessorHoldings.Held> dropped = new ArrayList<>(2);
    if (target.has(Feature.EVENTS_FLUSH_PROCESSOR)) {
      dropped.addAll(vcpu.processor().clear());
    }
    for (ProcessorDrop drop : response.drops()) {
      List<ProcessorHoldings.Held> gone = vcpu(drop.vcpu()).processor().drop(drop);
      if (drop.vcpu().equals(vcpu.name())) {
        dropped.addAll(gone);
      }
    }
    return dropped;
  }

  /** Judges whether an access that needed events completed within their bound. */
  public Optional<Violation> accessEnded(Vcpu vcpu, Access access, int events, boolean completed) {
    tally.count(Rule.PROGRESS_1, events > 0);
    if (!completed) {
      findings.broken(
          Rule.PROGRESS_1,
          () -> vcpu + ": " + access + " has not completed after " + events + " events");
    }
    return findings.blame();
  }

  /** Judges what the guest saw of an access, for a target that shows nothing else (level 1). */
  public Optional<Violation> observed(
      Vcpu name, Access access, Ways ways, long value, Observation observation) {
    MonitoredMachine machine = machine(name.vm());
    MonitoredVcpu vcpu = vcpu(name);
    visible.judge(new GuestVisibleJudge.Seen(machine, vcpu, ways, value, observation), findings);
    if (observation instanceof Observation.PageFaulted(FaultCode code, long address)) {
      deliverFault(vcpu, access, code);
    }
    machine.watched().forgetWrites();
    return findings.blame();
  }

  /** Judges what the guest saw of an operation that is no access, at level 1: it completes. */
  public Optional<Violation> completed(Vcpu name, GuestOperation operation, Observation seen) {
    machine(name.vm()).watched().forgetWrites();
    if (!(seen instanceof Observation.Completed)) {
      findings.broken(
          Rule.EVENT_4, () -> operation + " should have completed; the guest saw " + seen);
    }
    return findings.blame();
  }

  /** Every admissible way of an access now. */
  public Ways waysOf(Vcpu name, Access access) {
    MonitoredMachine machine = machine(name.vm());
    machine.watched().forgetWrites();
    return Ways.of(access, vcpu(name).admissible(), walker, machine.memory());
  }

  /** The translations that are admissible for a linear page now, numbered in 4 KiB. */
  public List<Translation> admissible(Vcpu name, long page) {
    return vcpu(name).admissible().at(page);
  }

  /** Applies what an INVLPG obliges to drop. */
  public void invalidatePage(Vcpu name, long address) {
    MonitoredVcpu vcpu = vcpu(name);
    Invalidation invalidation = Invalidation.ofPage(address >>> PageSize.BASE_SHIFT);
    noteDropped(vcpu, vcpu.admissible().drop(invalidation), invalidation.row());
  }

  /** Applies a write to a control register, with what it obliges to drop. */
  public void writeControl(
      Vcpu name, ControlRegister register, ControlState before, ControlState after) {
    MonitoredVcpu vcpu = vcpu(name);
    Optional<Invalidation> obliged = Invalidation.ofControlWrite(register, before, after);
    List<Translation> gone = vcpu.admissible().controlWritten(after, obliged.stream().toList());
    obliged.ifPresent(invalidation -> noteDropped(vcpu, gone, invalidation.row()));
  }

  private void deliverFault(MonitoredVcpu vcpu, Access access, FaultCode code) {
    if (code.present() && !code.reserved()) {
      Invalidation invalidation = Invalidation.ofDeliveredFault(access.page());
      noteDropped(vcpu, vcpu.admissible().drop(invalidation), invalidation.row());
    } else {
      vcpu.admissible().drop(Invalidation.ofDeliveredWalkFault(access.page()));
    }
  }

  private void noteDropped(MonitoredVcpu vcpu, List<Translation> gone, Invalidation.Row row) {
    vcpu.dropped().add(gone, row);
    if (target.level().shows(ObservationLevel.ACTIVE_STRUCTURE)) {
      tally.count(Admissibility.ruleOf(row), couldReachAny(vcpu, gone));
    }
  }

  /** True if the target could reach something until now that the drop made inadmissible. */
  private boolean couldReachAny(MonitoredVcpu vcpu, List<Translation> gone) {
    if (gone.isEmpty()) {
      return false;
    }
    MonitoredMachine machine = machine(vcpu.name().vm());
    Step moment = Step.between(machine, vcpu, walker);
    for (PrivilegeSet set : vcpu.judgedSets()) {
      for (ActiveEntry entry : vcpu.content().of(set)) {
        if (mapsAny(entry, gone, machine.hostMap())
            && admissibility.brokenBy(moment, set, entry) != null) {
          return true;
        }
      }
    }
    for (ProcessorHoldings.Held held : vcpu.processor().all()) {
      if (mapsAny(held.entry(), gone, machine.hostMap())
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

  private MonitoredMachine machine(int vm) {
    MonitoredMachine machine = machines.get(vm);
    if (machine == null) {
      throw new IllegalArgumentException("no machine " + vm + " is watched");
    }
    return machine;
  }

  private MonitoredVcpu vcpu(Vcpu vcpu) {
    return machine(vcpu.vm()).vcpus().get(vcpu.index());
  }
}
