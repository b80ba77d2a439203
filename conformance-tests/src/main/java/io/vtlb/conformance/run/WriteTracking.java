package io.vtlb.conformance.run;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether a target that declares write tracking really gets control over the stores that it
 * says it does (docs/adr/0020).
 *
 * <p>Only what is certain counts: an entry that came with a page fault, whose walk has changed in
 * nothing but stores that the target had control over, and that has not been asked about since. A
 * store that no event preceded may not make it wrong.
 */
final class WriteTracking {

  private static final int WORD = Integer.BYTES;

  /** What an entry is for. */
  private record Place(Vcpu vcpu, PrivilegeSet set, long page) {}

  /** An entry and the entries of the guest that it was derived from, root first. */
  private record Derived(
      Place place, ActiveEntry entry, ControlState control, List<Long> addresses) {

    boolean reads(long physicalAddress, int bytes, int entryBytes) {
      return addresses.stream()
          .anyMatch(from -> from < physicalAddress + bytes && physicalAddress < from + entryBytes);
    }
  }

  private final boolean declared;
  private final Walker walker;
  private final GuestComputer computer;
  private final GuardedTlb target;
  private final Map<Place, Derived> derived = new LinkedHashMap<>();
  private final Map<Integer, Set<Long>> uncontrolled = new HashMap<>();
  private final List<Derived> hit = new ArrayList<>();
  private @Nullable ActiveEntry before;

  WriteTracking(Description described, Walker walker, GuestComputer computer, GuardedTlb target) {
    this.declared = described.has(Feature.WRITE_TRACKING);
    this.walker = walker;
    this.computer = computer;
    this.target = target;
  }

  /** The host changes something of a machine, or creates it. */
  void hostChanges(int vm) {
    derived.keySet().removeIf(place -> place.vcpu().vm() == vm);
  }

  /** An event is about to be answered; all but page faults may renew what there is. */
  void begin(Event event) {
    if (declared) {
      if (event instanceof Event.PageFault fault) {
        before = shown(place(fault));
      } else {
        derived.keySet().removeIf(place -> place.vcpu().equals(event.vcpu()));
      }
    }
  }

  /** The event has been answered. */
  void answered(GuestCpu cpu, Event event) {
    if (!declared || !(event instanceof Event.PageFault fault)) {
      return;
    }
    Place place = place(fault);
    ActiveEntry entry = shown(place);
    ControlState control = cpu.control();
    if (entry == null || entry.equals(before) || control.processContexts()) {
      return;
    }
    GuestWalk walk = walk(place, control);
    Derived fresh = new Derived(place, entry, control, addresses(walk));
    boolean certain =
        fresh.addresses().stream().noneMatch(address -> isUncontrolled(place, control, address));
    if (certain && !fresh.addresses().isEmpty() && matches(fresh, walk)) {
      derived.put(place, fresh);
    } else {
      derived.remove(place);
    }
  }

  /** Another agent stores. */
  void foreign(int vm, GuestOperation.ForeignStore store) {
    storing(vm, store.physicalAddress(), store.bytes());
    computer.storeForeign(vm, store.physicalAddress(), store.bytes(), store.value());
    stored(true);
  }

  /** The guest, or another agent, is about to store; the target is not asked. */
  void storing(int vm, long physicalAddress, int bytes) {
    if (!declared) {
      return;
    }
    for (Derived one : derived.values()) {
      if (one.place().vcpu().vm() == vm
          && one.reads(physicalAddress, bytes, bytesOf(one.control()))
          && stillHolds(one)) {
        hit.add(one);
      }
    }
    Set<Long> words = uncontrolled.computeIfAbsent(vm, unseen -> new HashSet<>());
    for (long word = physicalAddress; word < physicalAddress + bytes; word += WORD) {
      words.add(word);
    }
  }

  /**
   * The guest's stores of one operation have been done.
   *
   * @param controlled true if the target had control before them, or they were not the guest's
   */
  void stored(boolean controlled) {
    List<Derived> concerned = List.copyOf(hit);
    hit.clear();
    for (Derived one : concerned) {
      GuestWalk walk = walk(one.place(), one.control());
      if (!matches(one, walk)) {
        derived.remove(one.place());
        if (!controlled) {
          throw new TargetFailure(
              Misbehaviour.declaredFalsely(
                  Misbehaviour.Kind.UNTRACKED_STORE,
                  Feature.WRITE_TRACKING.word(),
                  "the target declares %s, but a store to a table that %s %s was derived from got by without an event"
                      .formatted(Feature.WRITE_TRACKING.word(), one.place().vcpu(), one.entry())));
        }
      }
    }
  }

  private boolean stillHolds(Derived one) {
    GuestWalk walk = walk(one.place(), one.control());
    return computer.has(one.place().vcpu())
        && computer.cpu(one.place().vcpu()).control().equals(one.control())
        && one.entry().equals(shown(one.place()))
        && addresses(walk).equals(one.addresses())
        && matches(one, walk);
  }

  private boolean matches(Derived one, GuestWalk walk) {
    Place place = one.place();
    if (!(walk.end() instanceof GuestWalk.End.Reached(var translation))) {
      return false;
    }
    AccessRights allowed = Permission.resolve(translation.rights(), place.set(), one.control());
    return computer.guestFrame(place.vcpu().vm(), one.entry().hostFrame(place.page()))
            == translation.frame(place.page())
        && one.entry().rights().within(allowed);
  }

  private GuestWalk walk(Place place, ControlState control) {
    return walker.walk(computer.memory(place.vcpu().vm()), control, place.page());
  }

  private static List<Long> addresses(GuestWalk walk) {
    return walk.steps().stream()
        .filter(step -> step.level().inMemory())
        .map(GuestWalk.Step::address)
        .toList();
  }

  private boolean isUncontrolled(Place place, ControlState control, long address) {
    Set<Long> words = uncontrolled.getOrDefault(place.vcpu().vm(), Set.of());
    return words.contains(address) || (bytesOf(control) > WORD && words.contains(address + WORD));
  }

  private static int bytesOf(ControlState control) {
    return PagingMode.of(control).format().bytes();
  }

  private @Nullable ActiveEntry shown(Place place) {
    for (ActiveEntry entry : target.activeEntries(place.vcpu(), place.set())) {
      if (entry.covers(place.page())) {
        return entry;
      }
    }
    return null;
  }

  private static Place place(Event.PageFault fault) {
    return new Place(fault.vcpu(), fault.access().set(), fault.access().page());
  }
}
