package io.vtlb.conformance.trace;

import io.vtlb.conformance.trace.RecordedStep.Exchange;
import io.vtlb.conformance.trace.RecordedStep.Followed;
import io.vtlb.conformance.trace.RecordedStep.Happening;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.HostOperation.CreateMachine;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.operation.HostOperation.HarvestDirtyLog;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.ResizePages;
import io.vtlb.model.operation.HostOperation.StartDirtyLog;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A small trace that holds what a host does, at once and inside events. */
public final class HostSamples {

  private static final Vcpu CPU = new Vcpu(0, 0);
  private static final Observation COMPLETED = new Observation.Completed();
  private static final HostResponse NOTHING = HostResponse.dropping(List.of());
  private static final HostResponse DROPS =
      HostResponse.dropping(
          List.of(new ProcessorDrop.Everything(CPU), new ProcessorDrop.Page(CPU, 0x40_0000)));

  private final List<Operation> operations = new ArrayList<>();
  private final List<RecordedStep> steps = new ArrayList<>();

  private HostSamples() {}

  /** A machine with read-only memory beside the rest. */
  public static World world() {
    World world = Samples.world();
    Machine machine = world.machines().getFirst();
    HostMap map = new HostMap(List.of(new HostRange(0, 0x200, 16), new HostRange(16, 8, 2, true)));
    return new World(
        world.mode(),
        world.profile(),
        world.caching(),
        List.of(new Machine(machine.vcpus(), map, machine.words()), world.machines().getLast()));
  }

  /** Every kind of host operation, schedule point and host response. */
  public static RecordedTrace everyRecord() {
    HostSamples samples = new HostSamples();
    samples.atOnce();
    samples.insideAnEvent();
    return new RecordedTrace(
        new Sequence(world(), samples.operations), samples.steps, Optional.empty());
  }

  private void atOnce() {
    add(new MapFrames(0, 0x20, 0x300, 2), new Followed(NOTHING));
    add(new UnmapFrames(0, 0xf, 1), new Followed(DROPS));
    add(new MoveFrames(1, 3, 0xff_ffff_ffffL, 1), new Followed(NOTHING));
    add(new ProtectFrames(0, 0xfff_ffffL, 1, true), new Followed(DROPS));
    add(new ProtectFrames(0, 0x10, 2, false), new Followed(NOTHING));
    add(new ResizePages(0, 0, 1 << 20, PageSize.LARGE_1G), new Followed(NOTHING));
    add(new StartDirtyLog(0), new Followed(DROPS));
    add(
        new HarvestDirtyLog(0),
        new Followed(new HostResponse(List.of(), Set.of(-1L, 0x21L, 3L, 2L))));
    add(new DestroyMachine(1), new Followed(NOTHING));
    add(new CreateMachine(1));
    add(new ForeignStore(CPU, 0x8_0000, 1));
  }

  private void insideAnEvent() {
    add(new AtRead(1, new UnmapFrames(0, 5, 1)));
    add(new AtRead(2, new ForeignStore(CPU, 0x2000, 0x8000_0000_0000_0003L, 8)));
    add(new AtRead(Integer.MAX_VALUE, new Store(CPU, 0x40_0000, 7)));
    add(
        new Load(CPU, 0x40_0000),
        new Exchange(fault(), List.of(DROPS, NOTHING), Optional.of(resume())),
        Exchange.of(fault(), resume()));
    add(new AtRead(1, new MapFrames(0, 5, 5, 1)));
    operations.add(new Load(CPU, 0x40_0000));
    steps.add(
        new RecordedStep(
            List.of(new Exchange(fault(), List.of(NOTHING), Optional.empty())), Optional.empty()));
  }

  private void add(Operation operation, Happening... happenings) {
    operations.add(operation);
    steps.add(new RecordedStep(List.of(happenings), Optional.of(COMPLETED)));
  }

  private static Response resume() {
    return Response.of(new Action.Resume());
  }

  private static Event fault() {
    return new Event.PageFault(
        CPU, new Access(0x40_0000, AccessKind.LOAD, PrivilegeSet.SUPERVISOR), new FaultCode(0), 0);
  }
}
