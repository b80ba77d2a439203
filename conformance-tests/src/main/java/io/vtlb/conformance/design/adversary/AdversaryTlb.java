package io.vtlb.conformance.design.adversary;

import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A virtual TLB that does, at random, whatever it may.
 *
 * <p>It keeps the admissible set of each virtual CPU, and at each event changes what it holds to
 * another part of it: stale, in fragments, from partial walks, with rights withheld. An access
 * takes any course that is open to it. A processor is asked to drop nothing before it must. All
 * choices follow from a fixed seed and what it is told.
 */
public final class AdversaryTlb implements VirtualTlb {

  private static final long SEED = 0x5DEE_CE66DL;
  private static final List<PrivilegeSet> SETS = List.of(PrivilegeSet.values());
  private static final Action RESUME = new Action.Resume();

  private SplittableRandom choices = new SplittableRandom(SEED);
  private final Map<Integer, AdversaryMachine> machines = new TreeMap<>();

  @Override
  public Description describe() {
    return new Description(
        "adversary",
        ObservationLevel.ACTIVE_STRUCTURE,
        Set.of(
            Feature.SEVERAL_VCPUS,
            Feature.PCID,
            Feature.PREFETCH,
            Feature.SHARING,
            Feature.RECYCLING,
            Feature.FOREIGN_STORES,
            Feature.HOST_OPERATIONS));
  }

  /** Different machines lead to different choices. */
  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    long mixed = choices.nextLong();
    for (VmBlueprint.VcpuState state : blueprint.vcpus()) {
      mixed = mixed * 31 + state.control().cr0() * 3 + state.control().cr3();
      mixed = mixed * 31 + state.control().cr4() * 3 + state.cpl();
    }
    choices = new SplittableRandom(mixed);
    machines.put(blueprint.vm(), new AdversaryMachine(blueprint, memory));
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return machine(vcpu.vm()).cpu(vcpu).active(set);
  }

  @Override
  public Response handle(Event event) {
    AdversaryMachine machine = machine(event.vcpu().vm());
    AdversaryCpu cpu = machine.cpu(event.vcpu());
    expectNothingElse(cpu, event);
    machine.mirror().refresh();
    obey(machine, cpu, event);
    walkAhead(machine, cpu);
    Action action = event instanceof Event.PageFault fault ? answer(machine, cpu, fault) : RESUME;
    List<ProcessorDrop> drops = new ArrayList<>(2);
    dropOwed(machine, cpu, drops);
    for (AdversaryCpu each : machine.cpus()) {
      forgetSome(each);
      // A fault that is handed over adds nothing.
      if (each != cpu || !(action instanceof Action.InjectPageFault)) {
        addSome(machine, each);
      }
      each.run();
    }
    machines.values().stream()
        .filter(other -> other != machine)
        .forEach(other -> other.cpus().forEach(this::forgetSome));
    return new Response(action, drops, Optional.empty());
  }

  @Override
  public HostResponse follow(HostOperation operation) {
    AdversaryMachine machine = machine(operation.vm());
    List<ProcessorDrop> drops = new ArrayList<>();
    if (operation instanceof HostOperation.DestroyMachine) {
      machines.remove(operation.vm());
      machine.cpus().forEach(cpu -> drops.add(new ProcessorDrop.Everything(cpu.name())));
      return HostResponse.dropping(drops);
    }
    Set<Long> written = machine.follow(operation);
    for (AdversaryCpu cpu : machine.cpus()) {
      cpu.unsettle();
      dropOwed(machine, cpu, drops);
      cpu.run();
    }
    return new HostResponse(drops, written);
  }

  /** Only an access that has just faulted may be pending, and it is of the event's virtual CPU. */
  private void expectNothingElse(AdversaryCpu cpu, Event event) {
    for (AdversaryMachine machine : machines.values()) {
      for (AdversaryCpu each : machine.cpus()) {
        if (each == cpu && event instanceof Event.PageFault fault) {
          each.pendsAround(fault.access().page());
        } else {
          each.pendsNowhere();
        }
      }
    }
  }

  /** Takes note of what the event changes, and drops what it obliges to drop. */
  private static void obey(AdversaryMachine machine, AdversaryCpu cpu, Event event) {
    switch (event) {
      case Event.PageFault(Vcpu vcpu, Access access, FaultCode code, long value) -> {
        machine.visit(access.page());
        // The processor itself forgets the page of a fault it raises.
        machine.forgetInProcessor(
            cpu, held -> held.set() == access.set() && held.entry().covers(access.page()));
      }
      case Event.InvalidatePage(Vcpu vcpu, long address) -> {
        long page = cpu.admissible().mode().canonicalPage(PageSize.page(address));
        machine.visit(page);
        machine.look(cpu, page);
        cpu.admissible().drop(Invalidation.ofPage(page, cpu.control()));
      }
      case Event.InvalidatePcid(Vcpu vcpu, InvalidationType type, int pcid, long address) -> {
        long page = PageSize.page(address);
        machine.look(cpu, cpu.admissible().mode().canonicalPage(page));
        cpu.admissible().drop(Invalidation.ofPcid(type, pcid, page, cpu.control()));
      }
      case Event.ControlWrite write -> {
        Profile profile = machine.walker().profile();
        List<Invalidation> obliged = Invalidation.ofControlWrite(write, profile).stream().toList();
        cpu.admissible().controlWritten(write.after(), obliged);
        machine.mirror().discover();
      }
      case Event.PrivilegeChange change -> {}
    }
  }

  private Action answer(AdversaryMachine machine, AdversaryCpu cpu, Event.PageFault fault) {
    Access access = fault.access();
    return switch (any(Course.of(access, cpu, machine))) {
      case Course.Faults(FaultCode code) -> {
        cpu.admissible()
            .drop(
                code.present() && !code.reserved()
                    ? Invalidation.ofDeliveredFault(access.page(), cpu.control())
                    : Invalidation.ofDeliveredWalkFault(access.page(), cpu.control()));
        yield new Action.InjectPageFault(code, access.address());
      }
      case Course.Completes(Translation found, List<GuestWalk.Step> walked) -> {
        machine.update(cpu, walked, access.isStore());
        yield complete(machine, cpu, fault, access.isStore() ? found.withDirty() : found);
      }
    };
  }

  /** Lets an access complete through a translation that permits it, now or in a while. */
  private Action complete(
      AdversaryMachine machine, AdversaryCpu cpu, Event.PageFault fault, Translation guest) {
    Access access = fault.access();
    long frame = guest.frame(access.page());
    if (machine.host().isDevice(frame, access.isStore())) {
      return new Action.DeviceAccess();
    }
    if (access.isStore() && one(6)) {
      long physical = PageSize.address(frame, PageSize.offset(access.address()));
      machine.memory().store(physical, access.bytes(), fault.value());
      machine.mirror().wrote(physical, access.bytes());
      return new Action.StoreEmulated();
    }
    if (one(8) && cpu.putOff()) {
      return RESUME;
    }
    cpu.use(access.page());
    AccessRights needed =
        new AccessRights(access.kind() == AccessKind.LOAD, access.isStore(), access.isFetch());
    EntryDraw draw = new EntryDraw(choices, machine, cpu);
    draw.entry(guest, access.page(), access.set(), needed)
        .ifPresent(entry -> cpu.hold(access.set(), entry));
    return RESUME;
  }

  /** Drops what is no longer admissible, and asks the processor for no more than it must. */
  private void dropOwed(AdversaryMachine machine, AdversaryCpu cpu, List<ProcessorDrop> drops) {
    if (cpu.isSettled()) {
      return;
    }
    EntryDraw draw = new EntryDraw(choices, machine, cpu);
    for (PrivilegeSet set : SETS) {
      cpu.keep(set, entry -> draw.mayKeep(set, entry));
    }
    for (AdversaryCpu.Held held : List.copyOf(cpu.inProcessor())) {
      if (cpu.inProcessor().contains(held) && !draw.mayKeep(held.set(), held.entry())) {
        if (one(4)) {
          machine.forgetInProcessor(cpu, any -> true);
          drops.add(new ProcessorDrop.Everything(cpu.name()));
        } else {
          long page = held.entry().page() + choices.nextInt(held.entry().pages());
          machine.forgetInProcessor(cpu, other -> other.entry().covers(page));
          drops.add(new ProcessorDrop.Page(cpu.name(), page << PageSize.BASE_SHIFT));
        }
      }
    }
    cpu.settle();
  }

  private void forgetSome(AdversaryCpu cpu) {
    for (PrivilegeSet set : SETS) {
      cpu.keep(set, entry -> cpu.needs(entry) || !one(12));
    }
  }

  /** Walks for a page that no access is for, as a processor may at any time. */
  private void walkAhead(AdversaryMachine machine, AdversaryCpu cpu) {
    for (long page : someVisited(machine, cpu)) {
      machine.walkAhead(cpu, page);
    }
  }

  /** Holds something that may be held of pages that nobody asked for. */
  private void addSome(AdversaryMachine machine, AdversaryCpu cpu) {
    for (long page : someVisited(machine, cpu)) {
      List<Translation> held = cpu.admissible().at(page);
      PrivilegeSet set = any(SETS);
      if (!held.isEmpty() && set.exists(cpu.control())) {
        new EntryDraw(choices, machine, cpu)
            .entry(any(held), page, set, AccessRights.NONE)
            .filter(entry -> !cpu.needs(entry))
            .ifPresent(entry -> cpu.hold(set, entry));
      }
    }
  }

  /** A few of the pages around which things happened, and their neighbours. */
  private List<Long> someVisited(AdversaryMachine machine, AdversaryCpu cpu) {
    List<Long> pages = new ArrayList<>(2);
    int most = machine.visited().isEmpty() ? 0 : choices.nextInt(4);
    for (int drawn = 0; drawn < most; drawn++) {
      long page = any(machine.visited()) + (one(4) ? choices.nextInt(3) - 1 : 0);
      if (cpu.admissible().mode().canonicalPage(page) == page) {
        pages.add(page);
      }
    }
    return pages;
  }

  private <T> T any(List<T> all) {
    return all.get(choices.nextInt(all.size()));
  }

  /** True once in so many times. */
  private boolean one(int times) {
    return choices.nextInt(times) == 0;
  }

  private AdversaryMachine machine(int vm) {
    return Objects.requireNonNull(machines.get(vm), () -> "no machine " + vm);
  }
}
