package io.vtlb.model.monitor;

import io.vtlb.model.admissible.AdmissibleTranslations;
import io.vtlb.model.admissible.WalksUnderway;
import io.vtlb.model.admissible.Ways;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
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
 * before ({@link #begin}) and after ({@link #answered}) the target answers it, what its host does
 * ({@link #hostChanged}, {@link #followed}), and what happens inside an event ({@link
 * #interrupting}, {@link #interrupted}). A step has at most one blame, the most specific.
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
            ResyncJudge.RULES,
            HostJudge.RULES)
        .forEach(CHECKED::addAll);
  }

  private final Walker walker;
  private final Description target;
  private final Tally tally = new Tally();
  private final Findings findings;
  private final Map<Integer, MonitoredMachine> machines = new LinkedHashMap<>();
  private final ForeignFrames foreign = new ForeignFrames(machines);
  private final Admissibility admissibility = new Admissibility(foreign);
  private final ReachableJudge reachable = new ReachableJudge(foreign, admissibility);
  private final Obligations obligations;
  private final IsolationJudge isolation = new IsolationJudge(foreign);
  private final EventJudge events;
  private final ReportJudge reports = new ReportJudge();
  private final UpdateJudge updates = new UpdateJudge();
  private final GuestVisibleJudge visible = new GuestVisibleJudge(foreign);
  private final ResyncJudge resyncs;
  private final HostJudge hosts = new HostJudge();
  private @Nullable EventUnderway underway;

  /**
   * @param walker walks the guests' structures as the modelled processor does
   * @param target what the target says about itself
   * @param selected the rules to judge, of those that the target's level allows
   */
  public Monitor(Walker walker, Description target, Set<Rule> selected) {
    this.walker = walker;
    this.target = target;
    this.events = new EventJudge(target.strict());
    this.resyncs = new ResyncJudge(target.strict());
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    for (Rule rule : selected) {
      if (target.level().shows(rule.level())) {
        rules.add(rule);
      }
    }
    this.findings = new Findings(rules, tally);
    this.obligations =
        new Obligations(
            walker, admissibility, tally, target.level().shows(ObservationLevel.ACTIVE_STRUCTURE));
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
    MonitoredMachine machine = new MonitoredMachine(blueprint.vm(), memory);
    for (int index = 0; index < blueprint.vcpus().size(); index++) {
      VmBlueprint.VcpuState state = blueprint.vcpus().get(index);
      machine
          .vcpus()
          .add(
              new MonitoredVcpu(
                  new Vcpu(blueprint.vm(), index),
                  new AdmissibleTranslations(walker, memory, state.control()),
                  PrivilegeSet.of(state.cpl(), state.alignmentCheck(), state.control()),
                  target.has(Feature.INTERCEPTS_PRIVILEGE_CHANGES)));
    }
    machines.put(blueprint.vm(), machine);
    return machine.watched();
  }

  /** Judges what a target shows right after it created a machine (claim 10). */
  public Optional<Violation> created(VirtualTlb tlb, int vm) {
    judgeUncalledWrites(machine(vm), "its creation");
    for (MonitoredVcpu vcpu : machine(vm).vcpus()) {
      ActiveContent content = ActiveContent.of(tlb, vcpu.name(), vcpu.admissible().control());
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
    machine(vm).watched().forgetWrites();
    return findings.blame();
  }

  /** Judges, after {@link #created}, what creating a machine anew did to the others. */
  public Optional<Violation> recreated(VirtualTlb tlb, int vm) {
    List<MonitoredMachine> others = machinesBut(machine(vm));
    others.forEach(other -> judgeUncalledWrites(other, "the creation of vm" + vm));
    isolation.judge(() -> "the creation of vm" + vm, others, tlb, findings);
    forgetWrites();
    return findings.blame();
  }

  /**
   * Takes note that the guest stored to guest memory.
   *
   * @param physicalAddress guest-physical, in bytes, a multiple of four
   * @param bytes how many, 4 or 8
   */
  public void guestStored(int vm, long physicalAddress, int bytes) {
    machine(vm).writes().note(PageSize.page(physicalAddress));
    stored(vm, physicalAddress, bytes);
  }

  /** Takes note that another agent than the guest stored to guest memory. */
  public void stored(int vm, long physicalAddress, int bytes) {
    machine(vm).stored(physicalAddress);
    if (bytes > 4) {
      machine(vm).stored(physicalAddress + 4);
    }
  }

  /** Takes note that a virtual CPU now runs in this privilege set. */
  public void runs(Vcpu vcpu, PrivilegeSet set) {
    vcpu(vcpu).run(set);
  }

  /**
   * Judges what a virtual CPU can reach as it goes on after another one of its machine ran, whose
   * events may have changed what they share.
   */
  public Optional<Violation> resumed(VirtualTlb tlb, Vcpu name) {
    MonitoredVcpu vcpu = vcpu(name);
    ActiveContent now = vcpu.content().refreshed(tlb, name, vcpu.admissible().control());
    Step step = Step.between(machine(name.vm()), vcpu, now, walker);
    reachable.judge(step, findings);
    show(vcpu, now);
    return findings.blame();
  }

  /** Takes note of an event before the target sees it; what it obliges to drop is dropped now. */
  public void begin(Event event) {
    apply(event);
    MonitoredVcpu vcpu = vcpu(event.vcpu());
    List<ProcessorHoldings.Held> flushed =
        target.has(Feature.EVENTS_FLUSH_PROCESSOR) ? vcpu.processor().clear() : List.of();
    underway =
        event instanceof Event.PageFault fault
            ? faultUnderway(fault, fault.access(), flushed)
            : new EventUnderway(event, vcpu.content(), flushed);
  }

  private EventUnderway faultUnderway(
      Event.PageFault fault, Access access, List<ProcessorHoldings.Held> flushed) {
    MonitoredVcpu vcpu = vcpu(fault.vcpu());
    vcpu.processor().dropPage(access.set(), access.page());
    return new EventUnderway(
        fault,
        vcpu.content(),
        flushed,
        waysOf(fault.vcpu(), access),
        new WalksUnderway(access, vcpu.admissible(), walker, machine(fault.vcpu().vm()).memory()));
  }

  /**
   * Takes note that guest memory, or what the host has behind it, is about to change while an event
   * is handled.
   */
  public void interrupting() {
    EventUnderway begun = underway();
    begun.interrupting(machine(begun.event().vcpu().vm()).hostMap());
  }

  /**
   * Judges an entry through which another virtual CPU of the machine is about to access memory
   * while an event is handled: what it can reach counts at once, as it is running.
   */
  public Optional<Violation> usedMeanwhile(Vcpu name, PrivilegeSet set, ActiveEntry entry) {
    reachable.judgeEntry(
        Step.between(machine(name.vm()), vcpu(name), walker), set, entry, findings);
    return findings.blame();
  }

  /** Takes note that what was about to change has changed. */
  public void interrupted() {
    underway().interrupted();
  }

  private EventUnderway underway() {
    EventUnderway begun = underway;
    if (begun == null) {
      throw new IllegalStateException("no event has begun");
    }
    return begun;
  }

  /** Applies what an event obliges the processor to forget, and what it changes. */
  public void apply(Event event) {
    MonitoredMachine machine = machine(event.vcpu().vm());
    MonitoredVcpu vcpu = vcpu(event.vcpu());
    switch (event) {
      case Event.PageFault fault -> {}
      case Event.PrivilegeChange change -> {}
      case Event.InvalidatePage invalidate ->
          obligations.invalidatePage(machine, vcpu, invalidate.address());
      case Event.InvalidatePcid invalidate -> obligations.invalidatePcid(machine, vcpu, invalidate);
      case Event.ControlWrite write -> obligations.writeControl(machine, vcpu, write);
    }
  }

  /** Judges how the target answered the event that began last; null if it gave no answer. */
  public Optional<Violation> answered(VirtualTlb tlb, @Nullable Response response) {
    EventUnderway begun = underway();
    underway = null;
    MonitoredMachine machine = machine(begun.event().vcpu().vm());
    MonitoredVcpu vcpu = vcpu(begun.event().vcpu());
    if (response == null) {
      findings.broken(Rule.EVENT_1, () -> begun.event() + " was not answered");
      return findings.blame();
    }
    List<ProcessorHoldings.Held> dropped = applyDrops(vcpu, begun.flushed(), response);
    ActiveContent after = vcpu.content().refreshed(tlb, vcpu.name(), vcpu.admissible().control());
    Step step =
        new Step(
            machine,
            vcpu,
            begun.event(),
            response,
            begun.ways(),
            begun.before(),
            after,
            dropped,
            begun.hostMaps(machine.hostMap()),
            begun.isInterrupted(),
            walker);
    // Accessed and dirty bits belong to the walk, which a delivered fault then ends.
    updates.judge(step, findings);
    for (MonitoredMachine other : machines.values()) {
      if (other != machine) {
        judgeUncalledWrites(other, begun.event());
      }
    }
    if (!begun.isInterrupted()
        && begun.event() instanceof Event.PageFault fault
        && response.action() instanceof Action.InjectPageFault(FaultCode code, long address)) {
      obligations.deliverFault(machine, vcpu, fault.access(), code);
    }
    judge(step, tlb);
    show(vcpu, after);
    showSiblings(machine, vcpu, tlb);
    forgetWrites();
    return findings.blame();
  }

  /**
   * Takes note of what an event changed on the other virtual CPUs of its machine, which may share
   * structures: they are judged when they go on, and no later event is to be blamed for it.
   */
  @SuppressWarnings("ReferenceEquality") // the same record is the cheap sign of the same content
  private static void showSiblings(MonitoredMachine machine, MonitoredVcpu vcpu, VirtualTlb tlb) {
    for (MonitoredVcpu other : machine.vcpus()) {
      if (other != vcpu) {
        ActiveContent now =
            other.content().refreshed(tlb, other.name(), other.admissible().control());
        if (now != other.content()) {
          other.show(now);
          other.unsettle();
        }
      }
    }
  }

  private static void show(MonitoredVcpu vcpu, ActiveContent content) {
    vcpu.show(content);
    for (PrivilegeSet set : vcpu.judgedSets()) {
      vcpu.processor().fill(set, content.of(set));
    }
  }

  /** Nothing gives a VMM cause to write to a machine's memory but that machine's own events. */
  private void judgeUncalledWrites(MonitoredMachine machine, Object when) {
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
    isolation.judge(
        () -> step.event() + " of " + step.vcpu().name(),
        machinesBut(step.machine()),
        tlb,
        findings);
    reachable.judge(step, findings);
    events.judge(step, findings);
    if (target.level().shows(ObservationLevel.SELF_REPORTING)) {
      reports.judge(step, findings);
      resyncs.judge(step, findings);
    }
  }

  private List<ProcessorHoldings.Held> applyDrops(
      MonitoredVcpu vcpu, List<ProcessorHoldings.Held> flushed, Response response) {
    List<ProcessorHoldings.Held> dropped = new ArrayList<>(flushed);
    for (ProcessorDrop drop : response.drops()) {
      List<ProcessorHoldings.Held> gone = vcpu(drop.vcpu()).processor().drop(drop);
      if (drop.vcpu().equals(vcpu.name())) {
        dropped.addAll(gone);
      }
    }
    return dropped;
  }

  /**
   * Takes note that the host has changed what stands behind a machine's frames, before the target
   * follows.
   *
   * @param before the host map until now
   */
  public void hostChanged(HostOperation operation, HostMap before) {
    hosts.changed(machine(operation.vm()), operation, before, tally);
  }

  /** Judges how the target followed what the host has changed. */
  public Optional<Violation> followed(
      VirtualTlb tlb, HostOperation operation, HostResponse response) {
    MonitoredMachine machine = machine(operation.vm());
    response.drops().forEach(drop -> vcpu(drop.vcpu()).processor().drop(drop));
    if (operation instanceof HostOperation.DestroyMachine) {
      hosts.judgeDestroyed(machine, findings);
      machines.remove(machine.vm());
    } else {
      hosts.judge(tlb, operation, response, machine, findings);
    }
    EventUnderway begun = underway;
    List<MonitoredMachine> others = machinesBut(machine);
    if (begun == null) {
      isolation.judge(operation::toString, others, tlb, findings);
      machines.values().forEach(any -> judgeUncalledWrites(any, operation));
      forgetWrites();
    } else {
      // What the machine of the event shows by now is that event's doing.
      others.removeIf(other -> other.vm() == begun.event().vcpu().vm());
      isolation.judge(operation::toString, others, tlb, findings);
    }
    return findings.blame();
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

  /**
   * Judges what the guest saw of an operation that accesses memory, for a target that shows nothing
   * else (level 1).
   *
   * @param parts the ways of each page's part, found before it was made
   * @param value what a store writes, all parts together
   */
  public Optional<Violation> observed(
      Vcpu name, List<Ways> parts, long value, Observation observation) {
    MonitoredMachine machine = machine(name.vm());
    MonitoredVcpu vcpu = vcpu(name);
    visible.judge(new GuestVisibleJudge.Seen(machine, vcpu, parts, value, observation), findings);
    if (observation instanceof Observation.PageFaulted(FaultCode code, long address)) {
      for (Ways ways : parts) {
        if (ways.access().address() == address) {
          obligations.deliverFault(machine, vcpu, ways.access(), code);
        }
      }
    }
    machine.watched().forgetWrites();
    return findings.blame();
  }

  /**
   * Judges what the guest saw of an operation whose outcome is certain, at level 1: most complete,
   * some are a fault that is no page fault.
   */
  public Optional<Violation> completed(
      Vcpu name, GuestOperation operation, Observation expected, Observation seen) {
    machine(name.vm()).watched().forgetWrites();
    if (!seen.equals(expected)) {
      findings.broken(
          expected instanceof Observation.Completed ? Rule.EVENT_4 : Rule.EVENT_2,
          () -> operation + " should have ended with " + expected + "; the guest saw " + seen);
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

  private void forgetWrites() {
    machines.values().forEach(machine -> machine.watched().forgetWrites());
  }

  private List<MonitoredMachine> machinesBut(MonitoredMachine concerned) {
    List<MonitoredMachine> others = new ArrayList<>(machines.values());
    others.remove(concerned);
    return others;
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
