package io.vtlb.conformance.worker;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
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
import java.util.Set;

/** Java targets that ruin the process that they run in, each at its first event. */
public final class RuinousTargets {

  private RuinousTargets() {}

  /** Shows no entries; what it does with an event is for others to say. */
  public abstract static class Ruinous implements VirtualTlb {

    @Override
    public Description describe() {
      return new Description(
          "ruinous", ObservationLevel.ACTIVE_STRUCTURE, Set.of(Feature.FOREIGN_STORES));
    }

    @Override
    public void create(VmBlueprint blueprint, GuestMemory memory) {}

    @Override
    public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
      return List.of();
    }
  }

  /** Never answers. */
  public static final class Spinning extends Ruinous {
    @Override
    public Response handle(Event event) {
      while (true) {
        Thread.onSpinWait();
      }
    }
  }

  /** Waits for nothing, and heeds no interrupt. */
  public static final class Waiting extends Ruinous {
    @Override
    public synchronized Response handle(Event event) {
      while (true) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** Never says what it is. */
  public static final class Silent extends Ruinous {
    @Override
    public Description describe() {
      while (true) {
        Thread.onSpinWait();
      }
    }

    @Override
    public Response handle(Event event) {
      return Response.of(new Response.Action.Resume());
    }
  }

  /** Ends the process as programs do. */
  public static final class Exiting extends Ruinous {
    @Override
    public Response handle(Event event) {
      System.exit(7);
      return Response.of(new Response.Action.Resume());
    }
  }

  /** Ends the process at once. */
  public static final class Halting extends Ruinous {
    @Override
    public Response handle(Event event) {
      Runtime.getRuntime().halt(9);
      return Response.of(new Response.Action.Resume());
    }
  }

  /** Takes all of the heap. */
  public static final class Hoarding extends Ruinous {
    private static final List<byte[]> HOARD = new ArrayList<>();

    @Override
    public Response handle(Event event) {
      while (true) {
        HOARD.add(new byte[1 << 22]);
      }
    }
  }

  /** Takes all of the stack. */
  public static final class Recursive extends Ruinous {
    @Override
    @SuppressWarnings("InfiniteRecursion")
    public Response handle(Event event) {
      return handle(event);
    }
  }

  /** Writes without end. */
  public static final class Talking extends Ruinous {
    @Override
    public Response handle(Event event) {
      while (true) {
        System.out.println("to be, or not to be, that is the question".repeat(100));
      }
    }
  }

  /** Leaves threads that never end, and answers. */
  public static final class Threading extends Ruinous {
    @Override
    public Response handle(Event event) {
      Thread.ofPlatform()
          .daemon(false)
          .start(() -> {
            while (true) {
              Thread.onSpinWait();
            }
          });
      throw new IllegalStateException("there is a thread now");
    }
  }
}
