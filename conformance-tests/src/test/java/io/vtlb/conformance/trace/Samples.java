package io.vtlb.conformance.trace;

import io.vtlb.conformance.trace.RecordedStep.Exchange;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** A small trace of 32-bit paging that holds most kinds of record once. */
final class Samples {

  private static final Vcpu CPU = new Vcpu(0, 0);
  private static final Vcpu OTHER = new Vcpu(1, 0);
  private static final ControlState CONTROL =
      new ControlState(0x8001_0001L, 0x1000, ControlState.CR4_PSE | ControlState.CR4_PGE, 0);
  private static final Response RESUME = Response.of(new Action.Resume());
  private static final Optional<Observation> COMPLETED = Optional.of(new Observation.Completed());

  private Samples() {}

  static World world() {
    return new World(
        "32-bit",
        Profile.GENERIC_32,
        new Caching(Caching.Policy.RANDOM, 42),
        List.of(
            new Machine(
                List.of(new VcpuState(CONTROL, 0)),
                new HostMap(List.of(new HostRange(0, 0x200, 16), new HostRange(0x20, 0x100, 1))),
                List.of(new Machine.Word(0x1000, 0x2007), new Machine.Word(0x2000, 0xffff_f067))),
            new Machine(
                List.of(new VcpuState(CONTROL, 3)),
                new HostMap(List.of(new HostRange(0, 0x300, 4))),
                List.of())));
  }

  static RecordedTrace everyRecord() {
    return new RecordedTrace(
        new Sequence(
            world(),
            List.of(
                new Load(CPU, 0x40_0000),
                new Store(CPU, 0xffff_fffcL, 0xffff_ffffL),
                new Fetch(CPU, 0x1000),
                new ForeignStore(CPU, 0x2004, 0x3025),
                new InvalidatePage(CPU, 0x1fff),
                new WriteControl(CPU, ControlRegister.CR3, 0x2018),
                new ChangePrivilege(CPU, 3),
                new Load(CPU, 0x1004),
                new InvalidatePage(CPU, 0),
                new Load(CPU, 0x5000),
                new Load(OTHER, 0x6000))),
        steps(),
        Optional.of(
            new RecordedVerdict(
                "a \"target\" \u2013 with \ud83d\ude00",
                ObservationLevel.SELF_REPORTING,
                RecordedVerdict.Outcome.VIOLATION,
                Optional.of("TLB-1"),
                11,
                "after INVLPG the page is still reachable")));
  }

  private static List<RecordedStep> steps() {
    return List.of(
        step(
            new Observation.PageFaulted(new FaultCode(0), 0x40_0000),
            Exchange.of(
                fault(CPU, 0x40_0000, AccessKind.LOAD, 0, 0),
                Response.of(new Action.InjectPageFault(new FaultCode(0), 0x40_0000)))),
        step(
            new Observation.Completed(),
            Exchange.of(
                fault(CPU, 0xffff_fffcL, AccessKind.STORE, 2, 0xffff_ffffL),
                RESUME.reporting(EventCause.INCONSISTENCY, ResyncKind.PARTIAL)),
            Exchange.of(
                fault(CPU, 0xffff_fffcL, AccessKind.STORE, 3, 0xffff_ffffL),
                Response.of(new Action.StoreEmulated()))),
        step(
            new Observation.ReachedDevice(),
            Exchange.of(
                fault(CPU, 0x1000, AccessKind.FETCH, 0x10, 0),
                Response.of(new Action.DeviceAccess())
                    .dropping(new ProcessorDrop.Page(CPU, 0x1000)))),
        new RecordedStep(List.of(), COMPLETED),
        step(
            new Observation.Completed(),
            Exchange.of(
                new Event.InvalidatePage(CPU, 0x1fff),
                RESUME
                    .dropping(
                        new ProcessorDrop.Everything(CPU),
                        new ProcessorDrop.Page(new Vcpu(7, 2), -1))
                    .reporting(EventCause.TLB_MANIPULATION, ResyncKind.FLUSH))),
        step(
            new Observation.Completed(),
            Exchange.of(
                new Event.ControlWrite(
                    CPU, ControlRegister.CR3, CONTROL, CONTROL.with(ControlRegister.CR3, 0x2018)),
                RESUME)),
        step(
            new Observation.Completed(), Exchange.of(new Event.PrivilegeChange(CPU, 0, 3), RESUME)),
        step(new Observation.Loaded(0xffff_f067L)),
        step(new Observation.GeneralProtection()),
        step(
            new Observation.Stuck(1),
            Exchange.of(fault(CPU, 0x5000, AccessKind.LOAD, 4, 0), RESUME)),
        new RecordedStep(
            List.of(new Exchange(fault(OTHER, 0x6000, AccessKind.LOAD, 4, 0), Optional.empty())),
            Optional.empty()));
  }

  private static RecordedStep step(Observation observation, Exchange... exchanges) {
    return new RecordedStep(List.of(exchanges), Optional.of(observation));
  }

  private static Event fault(Vcpu vcpu, long address, AccessKind kind, int code, long value) {
    PrivilegeSet set = (code & FaultCode.USER) == 0 ? PrivilegeSet.SUPERVISOR : PrivilegeSet.USER;
    return new Event.PageFault(vcpu, new Access(address, kind, set), new FaultCode(code), value);
  }

  /** The text of a trace file. */
  static String text(RecordedTrace trace) {
    StringBuilder text = new StringBuilder();
    try {
      TraceWriter.write(trace, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return text.toString();
  }
}
