package io.vtlb.conformance.target;

import io.vtlb.model.control.Invpcid;
import io.vtlb.model.control.RegisterWrite;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.ProtectionKeyRights;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangeAlignmentCheck;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.InvalidatePcid;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.GuestOperation.WriteProtectionKeyRights;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A whole machine at level 1: a processor without a TLB of its own, which walks what a virtual TLB
 * shows, on host memory put together from the memories of its guests.
 */
public final class ObservedMachine implements GuestMachine {

  private static final int MOST_EVENTS = 16;
  private static final Observation COMPLETED = new Observation.Completed();
  private static final Observation PROTECTED = new Observation.GeneralProtection();
  private static final Observation INVALID = new Observation.InvalidOpcode();

  private record Guest(Profile profile, GuestMemory memory) {}

  private final VirtualTlb tlb;
  private final ObservedMemory host = new ObservedMemory();
  private final Map<Integer, Guest> guests = new HashMap<>();
  private final Map<Vcpu, ObservedCpu> cpus = new HashMap<>();

  public ObservedMachine(VirtualTlb tlb) {
    this.tlb = tlb;
  }

  @Override
  public Description describe() {
    return new Description(
        "observed",
        ObservationLevel.GUEST_VISIBLE,
        Set.of(Feature.SEVERAL_VCPUS, Feature.PCID, Feature.FOREIGN_STORES));
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    host.add(blueprint.hostMap(), memory);
    guests.put(blueprint.vm(), new Guest(blueprint.profile(), memory));
    for (int index = 0; index < blueprint.vcpus().size(); index++) {
      cpus.put(new Vcpu(blueprint.vm(), index), new ObservedCpu(blueprint.vcpus().get(index)));
    }
    tlb.create(blueprint, memory);
  }

  private ObservedCpu cpu(Vcpu name) {
    return Optional.ofNullable(cpus.get(name)).orElseThrow();
  }

  private Guest guest(Vcpu name) {
    return Optional.ofNullable(guests.get(name.vm())).orElseThrow();
  }

  @Override
  public Observation perform(GuestOperation operation) {
    Vcpu name = operation.vcpu();
    ObservedCpu cpu = cpu(name);
    return switch (operation) {
      case Load load -> access(name, load.address(), load.bytes(), AccessKind.LOAD, 0);
      case Fetch fetch -> access(name, fetch.address(), fetch.bytes(), AccessKind.FETCH, 0);
      case Store store ->
          access(name, store.address(), store.bytes(), AccessKind.STORE, store.value());
      case ForeignStore store -> throw new IllegalArgumentException("not the machine's: " + store);
      case InvalidatePage invalidate -> invalidatePage(cpu, invalidate);
      case InvalidatePcid invalidate -> invalidatePcid(cpu, invalidate);
      case WriteControl write -> writeControl(cpu, write);
      case WriteProtectionKeyRights write -> {
        if ((cpu.control.cr4() & ControlState.CR4_PKE) == 0) {
          yield INVALID;
        }
        cpu.pkru = write.value();
        yield COMPLETED;
      }
      case ChangeAlignmentCheck change -> {
        cpu.alignmentCheck = change.alignmentCheck();
        yield COMPLETED;
      }
      case ChangePrivilege change -> {
        int before = cpu.cpl;
        cpu.cpl = change.cpl();
        yield event(new Event.PrivilegeChange(name, before, change.cpl()));
      }
    };
  }

  private Observation event(Event event) {
    tlb.handle(event);
    return COMPLETED;
  }

  private Observation invalidatePage(ObservedCpu cpu, InvalidatePage invalidate) {
    PagingMode mode = PagingMode.of(cpu.control);
    if (cpu.cpl != 0) {
      return PROTECTED;
    }
    long linear = mode.linear(invalidate.address());
    return mode.isCanonical(linear)
        ? event(new Event.InvalidatePage(invalidate.vcpu(), linear))
        : COMPLETED;
  }

  private Observation invalidatePcid(ObservedCpu cpu, InvalidatePcid invalidate) {
    if (!guest(invalidate.vcpu()).profile().has(Capability.INVPCID)) {
      return INVALID;
    }
    long address = invalidate.address();
    return cpu.cpl == 0
            && Invpcid.isLegal(invalidate.type(), invalidate.pcid(), address, cpu.control)
        ? event(
            new Event.InvalidatePcid(
                invalidate.vcpu(), invalidate.type(), invalidate.pcid(), address))
        : PROTECTED;
  }

  private Observation writeControl(ObservedCpu cpu, WriteControl write) {
    Guest guest = guest(write.vcpu());
    ControlState before = cpu.control;
    Optional<ControlState> after =
        cpu.cpl == 0
            ? RegisterWrite.of(
                write.register(), write.value(), before, guest.profile(), guest.memory())
            : Optional.empty();
    if (after.isEmpty()) {
      return PROTECTED;
    }
    cpu.control = after.get();
    return event(
        new Event.ControlWrite(write.vcpu(), write.register(), write.value(), before, cpu.control));
  }

  private Observation access(Vcpu name, long address, int bytes, AccessKind kind, long value) {
    ObservedCpu cpu = cpu(name);
    PagingMode mode = PagingMode.of(cpu.control);
    long first = mode.linear(address);
    int here = Math.min(bytes, PageSize.BASE_BYTES - PageSize.offset(first));
    List<Access> parts = new ArrayList<>(2);
    parts.add(new Access(first, kind, cpu.set(), cpu.pkru, here));
    if (here < bytes) {
      long second = mode.linear(first + here);
      parts.add(new Access(second, kind, cpu.set(), cpu.pkru, bytes - here));
    }
    return parts.stream().allMatch(part -> mode.isCanonical(part.address()))
        ? access(name, parts, value)
        : PROTECTED;
  }

  private Observation access(Vcpu name, List<Access> parts, long value) {
    for (int events = 0; events < MOST_EVENTS; events++) {
      List<ActiveEntry> entries = new ArrayList<>(parts.size());
      for (Access part : parts) {
        ActiveEntry entry = find(name, part);
        if (entry == null || !permits(cpu(name), entry, part)) {
          Observation ended = fault(name, part, entry);
          if (ended != null) {
            return ended;
          }
          break;
        }
        entries.add(entry);
      }
      if (entries.size() == parts.size()) {
        return host.complete(parts, entries, value);
      }
    }
    return new Observation.Stuck(MOST_EVENTS);
  }

  private @Nullable ActiveEntry find(Vcpu name, Access part) {
    for (ActiveEntry entry : tlb.activeEntries(name, part.set())) {
      if (entry.covers(part.page())) {
        return entry;
      }
    }
    return null;
  }

  private static boolean permits(ObservedCpu cpu, ActiveEntry entry, Access part) {
    return entry.rights().allow(part.kind()) && !keyForbids(cpu, entry, part);
  }

  private static boolean keyForbids(ObservedCpu cpu, ActiveEntry entry, Access part) {
    return entry.key() != ActiveEntry.NO_KEY
        && cpu.control.protectionKeys()
        && ProtectionKeyRights.forbid(cpu.pkru, entry.key(), part, cpu.control);
  }

  /**
   * One page fault; null if the access is to be tried again. What a store would write is not told,
   * since this machine lets no store be emulated.
   */
  private @Nullable Observation fault(Vcpu name, Access part, @Nullable ActiveEntry entry) {
    boolean byKey = entry != null && keyForbids(cpu(name), entry, part);
    FaultCode code =
        new FaultCode(
            (entry == null ? 0 : FaultCode.PRESENT)
                | (part.isStore() ? FaultCode.WRITE : 0)
                | (part.isUser() ? FaultCode.USER : 0)
                | (part.isFetch() ? FaultCode.FETCH : 0)
                | (byKey ? FaultCode.PROTECTION_KEY : 0));
    return switch (tlb.handle(new Event.PageFault(name, part, code, 0)).action()) {
      case Action.Resume resume -> null;
      case Action.InjectPageFault(FaultCode injected, long linear) ->
          new Observation.PageFaulted(injected, linear);
      case Action.StoreEmulated emulated ->
          throw new IllegalStateException("this machine has no use for an emulated store");
      case Action.DeviceAccess device -> new Observation.ReachedDevice();
    };
  }
}
