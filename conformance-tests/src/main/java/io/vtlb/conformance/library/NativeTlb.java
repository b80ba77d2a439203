package io.vtlb.conformance.library;

import io.vtlb.conformance.run.MemoryMirror;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.trace.Machine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a library's virtual TLB, for one sequence.
 *
 * <p>Calls throw {@code TargetFailure} where the library gives up or answers what cannot be, and
 * {@link UnsupportedOperationException} where it does not serve what it is asked.
 */
public final class NativeTlb implements VirtualTlb, MemoryMirror, AutoCloseable {

  private final Description description;
  private final NativeCalls calls;
  private final @Nullable SharedGuestMemory memory;

  /** The library's name for it; 0 before the first machine is created, and when it has ended. */
  private long instance;

  private boolean ended;

  /**
   * @param memory where the library reads guest memory itself, or null if it does not
   */
  NativeTlb(Description description, NativeCalls calls, @Nullable SharedGuestMemory memory) {
    this.description = description;
    this.calls = calls;
    this.memory = memory;
  }

  @Override
  public Description describe() {
    return description;
  }

  @Override
  public void holds(int vm, List<Machine.Word> words) {
    if (memory != null && served(vm)) {
      memory.window(vm).holds(words);
    }
  }

  @Override
  public void stored(int vm, long physicalAddress, int bytes, long value) {
    if (memory != null) {
      memory.window(vm).stored(physicalAddress, bytes, value);
    }
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory watched) {
    int vm = blueprint.vm();
    if (!served(vm)) {
      throw new UnsupportedOperationException(
          "a library serves machines 0 to " + (GuestCalls.MOST_MACHINES - 1) + ", not " + vm);
    }
    requireGoingOn();
    if (instance == 0) {
      instance = calls.begin();
    }
    if (memory == null) {
      calls.create(instance, blueprint, watched, null);
    } else {
      MachineWindow window = memory.window(vm);
      window.create(blueprint.hostMap());
      calls.create(instance, blueprint, new MirroredWrites(watched, window), window);
    }
  }

  private static boolean served(int vm) {
    return vm < GuestCalls.MOST_MACHINES;
  }

  @Override
  public Response handle(Event event) {
    requireGoingOn();
    return calls.handle(instance, event);
  }

  @Override
  public List<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    requireGoingOn();
    return calls.entries(instance, vcpu, set);
  }

  @Override
  public HostResponse follow(HostOperation operation) {
    requireGoingOn();
    if (memory != null) {
      memory.window(operation.vm()).follow(operation);
    }
    return calls.follow(instance, operation);
  }

  private void requireGoingOn() {
    if (ended) {
      throw new IllegalStateException("the sequence of this instance has ended");
    }
  }

  /** The sequence has ended; the library deletes the instance. */
  @Override
  public void close() {
    if (!ended) {
      ended = true;
      if (instance != 0) {
        calls.end(instance);
      }
    }
  }
}
