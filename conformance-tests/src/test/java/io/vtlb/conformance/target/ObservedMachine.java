package io.vtlb.conformance.target;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A whole machine at level 1: a processor without a TLB of its own, which walks what a virtual TLB
 * shows, on host memory put together from the memories of its guests.
 */
public final class ObservedMachine implements GuestMachine {

  private static final int MOST_EVENTS = 8;
  private static final int WORD_BYTES = 4;
  private static final long OPEN_BUS = 0xFFFF_FFFFL;
  private static final Observation COMPLETED = new Observation.Completed();

  private record Guest(HostMap hostMap, GuestMemory memory) {}

  private record Place(GuestMemory memory, long physicalAddress) {}

  private final VirtualTlb tlb;
  private final List<Guest> guests = new ArrayList<>();
  private final Map<Vcpu, VcpuState> states = new HashMap<>();

  public ObservedMachine(VirtualTlb tlb) {
    this.tlb = tlb;
  }

  @Override
  public Description describe() {
    return new Description(
        "observed", ObservationLevel.GUEST_VISIBLE, Set.of(Feature.FOREIGN_STORES));
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    guests.add(new Guest(blueprint.hostMap(), memory));
    for (int index = 0; index < blueprint.vcpus().size(); index++) {
      states.put(new Vcpu(blueprint.vm(), index), blueprint.vcpus().get(index));
    }
    tlb.create(blueprint, memory);
  }

  @Override
  public Observation perform(GuestOperation operation) {
    return switch (operation) {
      case Load load -> access(load.vcpu(), load.address(), AccessKind.LOAD, 0);
      case Fetch fetch -> access(fetch.vcpu(), fetch.address(), AccessKind.FETCH, 0);
      case Store store -> access(store.vcpu(), store.address(), AccessKind.STORE, store.value());
      case ForeignStore store -> throw new IllegalArgumentException("not the machine's: " + store);
      case InvalidatePage invalidate ->
          event(new Event.InvalidatePage(invalidate.vcpu(), invalidate.address()));
      case WriteControl write -> writeControl(write);
      case ChangePrivilege change -> changePrivilege(change);
    };
  }

  private Observation event(Event event) {
    tlb.handle(event);
    return COMPLETED;
  }

  private Observation writeControl(WriteControl write) {
    VcpuState state = states.get(write.vcpu());
    ControlState after = state.control().with(write.register(), write.value());
    states.put(write.vcpu(), new VcpuState(after, state.cpl()));
    return event(new Event.ControlWrite(write.vcpu(), write.register(), state.control(), after));
  }

  private Observation changePrivilege(ChangePrivilege change) {
    VcpuState state = states.get(change.vcpu());
    states.put(change.vcpu(), new VcpuState(state.control(), change.cpl()));
    return event(new Event.PrivilegeChange(change.vcpu(), state.cpl(), change.cpl()));
  }

  private Observation access(Vcpu vcpu, long address, AccessKind kind, long value) {
    Access access = new Access(address, kind, PrivilegeSet.of(states.get(vcpu).cpl()), false);
    for (int events = 0; events < MOST_EVENTS; events++) {
      Optional<ActiveEntry> entry =
          tlb.activeEntries(vcpu, access.set()).stream()
              .filter(one -> one.covers(access.page()))
              .findFirst();
      if (entry.isPresent() && entry.get().rights().allow(kind)) {
        return complete(entry.get(), access, value);
      }
      Action action = fault(vcpu, access, entry.isPresent(), value);
      switch (action) {
        case Action.Resume resume -> {}
        case Action.InjectPageFault(FaultCode code, long linear) -> {
          return new Observation.PageFaulted(code, linear);
        }
        case Action.StoreEmulated emulated -> {
          return COMPLETED;
        }
        case Action.DeviceAccess device -> {
          return new Observation.ReachedDevice();
        }
      }
    }
    return new Observation.Stuck(MOST_EVENTS);
  }

  private Action fault(Vcpu vcpu, Access access, boolean present, long value) {
    FaultCode code =
        new FaultCode(
            (present ? FaultCode.PRESENT : 0)
                | (access.isStore() ? FaultCode.WRITE : 0)
                | (access.isUser() ? FaultCode.USER : 0)
                | (access.isFetch() ? FaultCode.FETCH : 0));
    return tlb.handle(new Event.PageFault(vcpu, access, code, value)).action();
  }

  private Observation complete(ActiveEntry entry, Access access, long value) {
    Optional<Place> place = place(entry.hostFrame(access.page()), access.address());
    if (access.isStore()) {
      place.ifPresent(one -> one.memory().store(one.physicalAddress(), WORD_BYTES, value));
      return COMPLETED;
    }
    return new Observation.Loaded(
        place.map(one -> one.memory().read(one.physicalAddress(), WORD_BYTES)).orElse(OPEN_BUS));
  }

  private Optional<Place> place(long hostFrame, long address) {
    for (Guest guest : guests) {
      long frame = guest.hostMap().guestFrame(hostFrame);
      if (frame != HostMap.NO_FRAME) {
        long physical = PageSize.address(frame, PageSize.offset(address));
        return Optional.of(new Place(guest.memory(), physical));
      }
    }
    return Optional.empty();
  }
}
