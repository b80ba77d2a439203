package io.vtlb.conformance.target;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The host memory of {@link ObservedMachine}: the memories of its guests. */
final class ObservedMemory {

  private record Guest(HostMap hostMap, GuestMemory memory) {}

  private record Place(GuestMemory memory, long physicalAddress) {}

  private final List<Guest> guests = new ArrayList<>();

  void add(HostMap hostMap, GuestMemory memory) {
    guests.add(new Guest(hostMap, memory));
  }

  /** Carries out an access whose parts are all permitted; the first part is the low one. */
  Observation complete(List<Access> parts, List<ActiveEntry> entries, long value) {
    long loaded = 0;
    int shift = 0;
    for (int part = 0; part < parts.size(); part++) {
      Access access = parts.get(part);
      Optional<Place> place = place(entries.get(part), access);
      if (access.isStore()) {
        long slice = value >>> shift;
        place.ifPresent(one -> one.memory().store(one.physicalAddress(), access.bytes(), slice));
      } else {
        loaded |= place.map(one -> read(one, access)).orElse(openBus(access)) << shift;
      }
      shift += access.bytes() * Byte.SIZE;
    }
    return parts.getFirst().isStore()
        ? new Observation.Completed()
        : new Observation.Loaded(loaded);
  }

  private static long read(Place place, Access access) {
    return place.memory().read(place.physicalAddress(), access.bytes());
  }

  private static long openBus(Access access) {
    return access.bytes() == Long.BYTES ? -1 : 0xFFFF_FFFFL;
  }

  private Optional<Place> place(ActiveEntry entry, Access access) {
    for (Guest guest : guests) {
      long frame = guest.hostMap().guestFrame(entry.hostFrame(access.page()));
      if (frame != HostMap.NO_FRAME) {
        long physical = PageSize.address(frame, PageSize.offset(access.address()));
        return Optional.of(new Place(guest.memory(), physical));
      }
    }
    return Optional.empty();
  }
}
