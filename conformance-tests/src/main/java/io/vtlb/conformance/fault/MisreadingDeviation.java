package io.vtlb.conformance.fault;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads some guest entries wrongly, during some events; its updates still reach memory as meant.
 */
final class MisreadingDeviation implements Deviation {

  /** How an entry is misread. */
  interface Misreading {
    long seen(long entry, boolean directory);
  }

  private final Predicate<Event> during;
  private final Misreading misreading;
  private final Map<Integer, Long> directories = new HashMap<>();
  private boolean misreads;

  MisreadingDeviation(Predicate<Event> during, Misreading misreading) {
    this.during = during;
    this.misreading = misreading;
  }

  @Override
  public GuestMemory memory(VmBlueprint blueprint, GuestMemory memory) {
    directories.put(blueprint.vm(), blueprint.vcpus().getFirst().control().cr3() >>> 12);
    return new Misread(blueprint.vm(), memory);
  }

  @Override
  public Response handle(Event event, VirtualTlb right) {
    if (event instanceof Event.ControlWrite write) {
      directories.put(event.vcpu().vm(), write.after().cr3() >>> 12);
    }
    misreads = during.test(event);
    Response response = right.handle(event);
    misreads = false;
    return response;
  }

  private final class Misread implements GuestMemory {

    private final int vm;
    private final GuestMemory memory;

    Misread(int vm, GuestMemory memory) {
      this.vm = vm;
      this.memory = memory;
    }

    @Override
    public long read(long physicalAddress, int bytes) {
      return seen(physicalAddress, memory.read(physicalAddress, bytes));
    }

    private long seen(long physicalAddress, long entry) {
      boolean directory = directories.getOrDefault(vm, -1L) == physicalAddress >>> 12;
      return misreads ? misreading.seen(entry, directory) : entry;
    }

    @Override
    public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
      long actual = memory.read(physicalAddress, bytes);
      return seen(physicalAddress, actual) == expected
          && memory.compareAndSet(
              physicalAddress, bytes, actual, actual | (replacement & ~expected));
    }

    @Override
    public void store(long physicalAddress, int bytes, long value) {
      memory.store(physicalAddress, bytes, value);
    }
  }
}
