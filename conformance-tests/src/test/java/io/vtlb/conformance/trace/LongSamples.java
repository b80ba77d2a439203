package io.vtlb.conformance.trace;

import io.vtlb.conformance.trace.RecordedStep.Exchange;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.operation.GuestOperation.ChangeAlignmentCheck;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePcid;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.GuestOperation.WriteProtectionKeyRights;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** A small trace of 4-level and PAE paging that holds what 32-bit paging has not. */
public final class LongSamples {

  private static final Vcpu LONG = new Vcpu(0, 0);
  private static final Vcpu PAE = new Vcpu(0, 1);
  private static final long HIGH = 0xffff_8000_0000_0ff8L;
  private static final PdpteRegisters REGISTERS =
      new PdpteRegisters(List.of(0x3001L, 0L, 0L, 0x4001L));
  private static final ControlState LONG_STATE =
      new ControlState(0x8001_0033L, 0x1005, 0x72_00a0, 0xd01);
  private static final ControlState PAE_STATE =
      new ControlState(0x8001_0001L, 0x2020, 0xa0, 0, REGISTERS);
  private static final Response RESUME = Response.of(new Action.Resume());
  private static final Observation COMPLETED = new Observation.Completed();

  private LongSamples() {}

  /** A machine with a virtual CPU in each of two modes. */
  public static World world() {
    return new World(
        "mixed",
        new Profile(
            "zen",
            Vendor.AMD,
            48,
            EnumSet.complementOf(EnumSet.of(Capability.FIVE_LEVELS, Capability.INVPCID)),
            false),
        new Caching(Caching.Policy.FOREVER, 0),
        List.of(
            new Machine(
                List.of(new VcpuState(LONG_STATE, 0, true, 0xc), new VcpuState(PAE_STATE, 3)),
                new HostMap(
                    List.of(new HostRange(0, 0x200, 16), new HostRange(0xf_ffff_ffffL, 0x100, 1))),
                List.of(
                    new Machine.Word(0x1000, 0x2007),
                    new Machine.Word(0x1004, 0x8000_0000),
                    new Machine.Word(0xffff_ffff_fffcL, -1)))));
  }

  /** The new kinds of operation, event and observation. */
  public static RecordedTrace everyRecord() {
    List<Operation> operations = new ArrayList<>();
    List<RecordedStep> steps = new ArrayList<>();
    operations.add(new Load(LONG, HIGH, 8));
    steps.add(
        step(
            new Observation.Loaded(-1),
            Exchange.of(
                new Event.PageFault(
                    LONG,
                    new Access(HIGH, AccessKind.LOAD, PrivilegeSet.SUPERVISOR_AC, 0xc, 8),
                    new FaultCode(FaultCode.PROTECTION_KEY | FaultCode.PRESENT),
                    0),
                RESUME)));
    operations.add(new Store(PAE, 0x3ffc, 0x1_0000_0000L, 8));
    steps.add(
        step(
            COMPLETED,
            Exchange.of(
                new Event.PageFault(
                    PAE,
                    new Access(0x3ffc, AccessKind.STORE, PrivilegeSet.USER, 0, 8),
                    new FaultCode(6),
                    0x1_0000_0000L),
                RESUME)));
    operations.add(new Fetch(LONG, 0x1_0000_0000L, 8));
    steps.add(step(new Observation.GeneralProtection()));
    operations.add(new ForeignStore(PAE, 0x1008, 0x8000_0000_0000_2007L, 8));
    steps.add(step(COMPLETED));
    operations.add(new InvalidatePcid(LONG, InvalidationType.SINGLE_CONTEXT, 0xfff, 0));
    steps.add(
        step(
            COMPLETED,
            Exchange.of(
                new Event.InvalidatePcid(LONG, InvalidationType.SINGLE_CONTEXT, 0xfff, 0),
                RESUME)));
    operations.add(new InvalidatePcid(LONG, InvalidationType.ADDRESS, 5, HIGH));
    steps.add(step(new Observation.InvalidOpcode()));
    operations.add(new WriteControl(LONG, ControlRegister.CR3, 0x8000_0000_0000_2006L));
    steps.add(
        step(
            COMPLETED,
            Exchange.of(
                new Event.ControlWrite(
                    LONG,
                    ControlRegister.CR3,
                    0x8000_0000_0000_2006L,
                    LONG_STATE,
                    LONG_STATE.with(ControlRegister.CR3, 0x2006)),
                RESUME)));
    operations.add(new WriteControl(PAE, ControlRegister.EFER, 0x800));
    steps.add(
        step(
            COMPLETED,
            Exchange.of(
                new Event.ControlWrite(
                    PAE,
                    ControlRegister.EFER,
                    PAE_STATE,
                    PAE_STATE.with(ControlRegister.EFER, 0x800)),
                RESUME)));
    operations.add(new WriteProtectionKeyRights(LONG, -1));
    steps.add(step(COMPLETED));
    operations.add(new ChangeAlignmentCheck(LONG, false));
    steps.add(step(COMPLETED));
    return new RecordedTrace(new Sequence(world(), operations), steps, Optional.empty());
  }

  private static RecordedStep step(Observation observation, Exchange... exchanges) {
    return new RecordedStep(List.of(exchanges), Optional.of(observation));
  }
}
