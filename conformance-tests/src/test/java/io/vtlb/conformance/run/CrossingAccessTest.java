package io.vtlb.conformance.run;

import static io.vtlb.conformance.run.LongWorld.CPU;
import static io.vtlb.conformance.run.LongWorld.FRAME;
import static io.vtlb.conformance.run.LongWorld.SUPERVISOR;
import static io.vtlb.conformance.run.LongWorld.entry;
import static io.vtlb.conformance.run.Seen.COMPLETED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.target.WrappedVmm;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Observation.Loaded;
import io.vtlb.model.operation.Observation.PageFaulted;
import io.vtlb.model.operation.Observation.ReachedDevice;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Eight bytes, in one page or across two: each page is translated by itself. */
class CrossingAccessTest {

  private static final int LAST = 0xFFC;
  private static final int ELSEWHERE = FRAME + 3;
  private static final int BEYOND_MEMORY = 0x20;
  private static final long VALUE = 0x1122_3344_5566_7788L;
  private static final long READ_ONLY = 0x61;

  /** Two neighbours that are none in memory. */
  private static final World APART =
      LongWorld.of(0, 1, entry(ELSEWHERE, SUPERVISOR), entry(FRAME, SUPERVISOR));

  private static final World SECOND_IS_READ_ONLY =
      LongWorld.of(0, 1, entry(ELSEWHERE, SUPERVISOR), entry(FRAME, READ_ONLY));

  private static long physical(int frame, int offset) {
    return (long) frame << 12 | offset;
  }

  private static Loaded tags(long low, long high) {
    return new Loaded(Seen.tagBits(low) | Seen.tagBits(high) << 32);
  }

  @Test
  void eightBytesOfOnePageAreItsTwoWords() {
    assertEquals(
        List.of(tags(physical(ELSEWHERE, 8), physical(ELSEWHERE, 12))),
        Seen.by(APART, new Load(CPU, 8, 8)));
  }

  @Test
  void aLoadTakesItsLowHalfFromTheFirstPageAndItsHighHalfFromTheSecond() {
    Loaded both = tags(physical(ELSEWHERE, LAST), physical(FRAME, 0));
    assertEquals(
        List.of(both, both), Seen.by(APART, new Load(CPU, LAST, 8), new Fetch(CPU, LAST, 8)));
  }

  @Test
  void aStoreWritesItsHalvesToBothPages() {
    assertEquals(
        List.of(COMPLETED, new Loaded(0x5566_7788L), new Loaded(0x1122_3344L), new Loaded(VALUE)),
        Seen.by(
            APART,
            new Store(CPU, LAST, VALUE, 8),
            new Load(CPU, LAST),
            new Load(CPU, 0x1000),
            new Load(CPU, LAST, 8)));
  }

  @Test
  void eachPartIsAnEventOfItsOwnWithItsHalfOfTheValue() {
    List<Event> events = Seen.of(APART, new Store(CPU, LAST, VALUE, 8)).events();
    assertEquals(2, events.size());
    Event.PageFault first = (Event.PageFault) events.get(0);
    Event.PageFault second = (Event.PageFault) events.get(1);
    assertEquals(LAST, first.access().address());
    assertEquals(4, first.access().bytes());
    assertEquals(0x5566_7788L, first.value());
    assertEquals(0x1000, second.access().address());
    assertEquals(4, second.access().bytes());
    assertEquals(0x1122_3344L, second.value());
  }

  @Test
  void theFaultNamesThePartThatFaulted() {
    World onlyFirst = LongWorld.of(0, 1, entry(FRAME, SUPERVISOR), 0);
    World onlySecond = LongWorld.of(0, 1, 0, entry(FRAME, SUPERVISOR));
    FaultCode none = new FaultCode(0);
    assertEquals(
        List.of(new PageFaulted(none, 0x1000)), Seen.by(onlyFirst, new Load(CPU, LAST, 8)));
    assertEquals(List.of(new PageFaulted(none, LAST)), Seen.by(onlySecond, new Load(CPU, LAST, 8)));
  }

  @Test
  void nothingIsStoredUnlessBothPartsAreWritable() {
    assertEquals(
        List.of(
            new PageFaulted(new FaultCode(FaultCode.PRESENT | FaultCode.WRITE), 0x1000),
            Seen.tag(physical(ELSEWHERE, LAST)),
            Seen.tag(physical(FRAME, 0))),
        Seen.by(
            SECOND_IS_READ_ONLY,
            new Store(CPU, LAST, VALUE, 8),
            new Load(CPU, LAST),
            new Load(CPU, 0x1000)));
  }

  @Test
  void aLoadNeedsNoMoreThanReadRights() {
    assertEquals(
        List.of(tags(physical(ELSEWHERE, LAST), physical(FRAME, 0))),
        Seen.by(SECOND_IS_READ_ONLY, new Load(CPU, LAST, 8)));
  }

  @Test
  void bothPartsMayLieInOneFrame() {
    World alias = LongWorld.of(0, 1, entry(FRAME, SUPERVISOR), entry(FRAME, SUPERVISOR));
    assertEquals(
        List.of(COMPLETED, new Loaded(0x1122_3344L), new Loaded(0x5566_7788L)),
        Seen.by(alias, new Store(CPU, LAST, VALUE, 8), new Load(CPU, 0), new Load(CPU, LAST)));
  }

  @Test
  void aPartAtADeviceMakesItADeviceAccess() {
    World device = LongWorld.of(0, 1, entry(FRAME, SUPERVISOR), entry(BEYOND_MEMORY, SUPERVISOR));
    assertEquals(
        List.of(new ReachedDevice(), Seen.tag(physical(FRAME, LAST))),
        Seen.by(device, new Store(CPU, LAST, VALUE, 8), new Load(CPU, LAST)));
  }

  /** The last page is mapped, the first page is not mapped. */
  @Test
  void theEndOf32BitSpaceIsFollowedByItsBeginning() {
    World world = ExampleWorld.of(ExampleWorld.machine(0, 0, 0));
    int last = 1023;
    assertEquals(
        List.of(COMPLETED, COMPLETED, new PageFaulted(new FaultCode(0), 0)),
        Seen.by(
            world,
            new ForeignStore(
                ExampleWorld.CPU,
                (ExampleWorld.ROOT << 12) + last * 4,
                ExampleWorld.entry(ExampleWorld.TABLE, ExampleWorld.USER)),
            new ForeignStore(
                ExampleWorld.CPU,
                ExampleWorld.entryAddress(last),
                ExampleWorld.entry(ExampleWorld.FRAME, ExampleWorld.SUPERVISOR)),
            new Load(ExampleWorld.CPU, 0xFFFF_FFFCL, 8)));
  }

  /** A VMM that does the first page's store itself, and lets the processor do the second's. */
  private static final class Emulating extends WrappedVmm {

    private final List<GuestMemory> memory = new ArrayList<>();

    @Override
    public void create(VmBlueprint blueprint, GuestMemory guest) {
      super.create(blueprint, guest);
      memory.add(guest);
    }

    @Override
    public Response handle(Event event) {
      if (event instanceof Event.PageFault fault && fault.access().address() == LAST) {
        memory.getFirst().store(physical(ELSEWHERE, LAST), fault.access().bytes(), fault.value());
        return Response.of(new Response.Action.StoreEmulated())
            .reporting(EventCause.INCONSISTENCY, ResyncKind.NONE);
      }
      return super.handle(event);
    }
  }

  @Test
  void aPartThatTheVmmStoresIsLeftToIt() {
    List<Observation> seen = new ArrayList<>();
    StepListener listener =
        new StepListener() {
          @Override
          public void observation(Observation observation) {
            seen.add(observation);
          }
        };
    SequenceRun.of(
        new Sequence(
            APART,
            List.of(
                new Store(CPU, LAST, VALUE, 8), new Load(CPU, 0x1000), new Load(CPU, 0xFF8, 8))),
        new Emulating(),
        EnumSet.of(Rule.INIT_1),
        listener);
    assertEquals(COMPLETED, seen.get(0));
    assertEquals(new Loaded(0x1122_3344L), seen.get(1));
    assertEquals(
        new Loaded(Seen.tagBits(physical(ELSEWHERE, 0xFF8)) | 0x5566_7788L << 32), seen.get(2));
  }
}
