package io.vtlb.conformance.fault;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
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
    long seen(long entry, Level level, ControlState control);
  }

  private static final long FRAME_BITS = 0xF_FFFF_FFFF_F000L;

  private final Predicate<Event> during;
  private final Misreading misreading;
  private final Map<Vcpu, ControlState> controls = new HashMap<>();
  private ControlState control = new ControlState(0, 0, 0, 0);
  private boolean misreads;

  MisreadingDeviation(Predicate<Event> during, Misreading misreading) {
    this.during = during;
    this.misreading = misreading;
  }

  @Override
  public GuestMemory memory(VmBlueprint blueprint, GuestMemory memory) {
    for (int index = 0; index < blueprint.vcpus().size(); index++) {
      controls.put(new Vcpu(blueprint.vm(), index), blueprint.vcpus().get(index).control());
    }
    return new Misread(memory);
  }

  @Override
  public Response handle(Event event, VirtualTlb right) {
    if (event instanceof Event.ControlWrite write) {
      controls.put(event.vcpu(), write.after());
    }
    control = controls.getOrDefault(event.vcpu(), control);
    misreads = during.test(event);
    Response response = right.handle(event);
    misreads = false;
    return response;
  }

  /**
   * The right target walks from the root down, so the level of a read follows from whether it goes
   * on from the entry read before.
   */
  private final class Misread implements GuestMemory {

    private final GuestMemory memory;
    private int depth;
    private long expectedTable = -1;

    Misread(GuestMemory memory) {
      this.memory = memory;
    }

    @Override
    public long read(long physicalAddress, int bytes) {
      long entry = memory.read(physicalAddress, bytes);
      Level level = level(physicalAddress, entry);
      return misreads ? misreading.seen(entry, level, control) : entry;
    }

    private Level level(long physicalAddress, long entry) {
      PagingMode mode = PagingMode.of(control);
      long table = physicalAddress & -PageSize.BASE_BYTES;
      boolean goesOn = table == expectedTable && depth + 1 < mode.levels().size();
      depth = goesOn ? depth + 1 : mode.level(0).inMemory() ? 0 : 1;
      expectedTable = entry & FRAME_BITS;
      return mode.level(depth);
    }

    @Override
    public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
      long actual = memory.read(physicalAddress, bytes);
      return memory.compareAndSet(
          physicalAddress, bytes, actual, actual | (replacement & ~expected));
    }

    @Override
    public void store(long physicalAddress, int bytes, long value) {
      memory.store(physicalAddress, bytes, value);
    }
  }
}
