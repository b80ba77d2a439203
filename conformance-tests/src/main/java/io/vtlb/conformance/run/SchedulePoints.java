package io.vtlb.conformance.run;

import io.vtlb.model.operation.AtRead;
import io.vtlb.model.target.GuestMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a target reads of guest memory inside one event, and lets what is scheduled at a read
 * happen right after it.
 *
 * <p>What goes wrong there ends the run, but only once the target has returned: a target must not
 * be able to catch the kit's verdict.
 */
final class SchedulePoints {

  private final List<AtRead> scheduled = new ArrayList<>();
  private @Nullable Consumer<AtRead> performer;
  private @Nullable RuntimeException ended;
  private boolean counting;
  private int reads;

  /** Schedules something inside the next event. */
  void add(AtRead point) {
    scheduled.add(point);
  }

  /** Forgets what was scheduled and did not happen. */
  void clear() {
    scheduled.clear();
  }

  /** A target's view of memory that counts. */
  GuestMemory watch(GuestMemory memory) {
    return new CountedMemory(memory);
  }

  /** An event begins, in which a performer does what is scheduled. */
  void begin(Consumer<AtRead> does) {
    performer = does;
    counting = !scheduled.isEmpty();
    reads = 0;
  }

  /** The event has ended; what went wrong inside it ends the run here. */
  void end() {
    if (counting) {
      counting = false;
      scheduled.clear();
      RuntimeException failure = ended;
      if (failure != null) {
        throw failure;
      }
    }
  }

  private void read() {
    if (!counting || ended != null || performer == null) {
      return;
    }
    reads++;
    int now = reads;
    for (AtRead point : List.copyOf(scheduled)) {
      if (point.read() == now) {
        scheduled.remove(point);
        perform(point, performer);
      }
    }
  }

  /** Reads that the target makes meanwhile are not counted. */
  private void perform(AtRead point, Consumer<AtRead> does) {
    counting = false;
    try {
      does.accept(point);
    } catch (RuntimeException e) {
      ended = e;
    } finally {
      counting = true;
    }
  }

  private final class CountedMemory implements GuestMemory {

    private final GuestMemory memory;

    private CountedMemory(GuestMemory memory) {
      this.memory = memory;
    }

    @Override
    public long read(long physicalAddress, int bytes) {
      long value = memory.read(physicalAddress, bytes);
      SchedulePoints.this.read();
      return value;
    }

    @Override
    public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
      return memory.compareAndSet(physicalAddress, bytes, expected, replacement);
    }

    @Override
    public void store(long physicalAddress, int bytes, long value) {
      memory.store(physicalAddress, bytes, value);
    }
  }
}
