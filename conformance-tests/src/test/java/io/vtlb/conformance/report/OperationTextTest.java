package io.vtlb.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Operations, events and observations as a report shows them. */
class OperationTextTest {

  private static final Vcpu CPU = new Vcpu(0, 1);
  private static final long HIGH = 0xffff_8000_0000_0000L;

  @Test
  void operations() {
    List<GuestOperation> operations =
        List.of(
            new GuestOperation.Load(CPU, 0x40_0000),
            new GuestOperation.Load(CPU, HIGH, 8),
            new GuestOperation.Store(CPU, 0x1000, 0x2067),
            new GuestOperation.Store(CPU, 0x1000, 0x8000_0000_0000_2067L, 8),
            new GuestOperation.Fetch(CPU, 0xffc, 8),
            new GuestOperation.ForeignStore(CPU, 0x2000, 0),
            new GuestOperation.ForeignStore(CPU, 0x2000, 0x2067, 8),
            new GuestOperation.InvalidatePage(CPU, HIGH),
            new GuestOperation.InvalidatePcid(CPU, InvalidationType.ADDRESS, 0x1f, 0x1000),
            new GuestOperation.InvalidatePcid(CPU, InvalidationType.SINGLE_CONTEXT, 0x1f, 0x1000),
            new GuestOperation.InvalidatePcid(CPU, InvalidationType.ALL_CONTEXTS, 0x1f, 0x1000),
            new GuestOperation.InvalidatePcid(
                CPU, InvalidationType.ALL_CONTEXTS_KEEPING_GLOBALS, 0, 0),
            new GuestOperation.WriteControl(CPU, ControlRegister.CR0, 1),
            new GuestOperation.WriteControl(CPU, ControlRegister.CR3, 0x2005),
            new GuestOperation.WriteControl(CPU, ControlRegister.CR3, 0x8000_0000_0000_2005L),
            new GuestOperation.WriteControl(CPU, ControlRegister.CR4, 0x10_00a0),
            new GuestOperation.WriteControl(CPU, ControlRegister.EFER, 0x900),
            new GuestOperation.WriteControl(CPU, ControlRegister.EFER, 0),
            new GuestOperation.WriteProtectionKeyRights(CPU, 0),
            new GuestOperation.WriteProtectionKeyRights(CPU, 0x8000_0004),
            new GuestOperation.ChangeAlignmentCheck(CPU, true),
            new GuestOperation.ChangePrivilege(CPU, 3));
    assertEquals(
        """
        vm0.cpu1 load   0x400000
        vm0.cpu1 load   0xffff800000000000 (8 bytes)
        vm0.cpu1 store  0x1000 := 0x2067
        vm0.cpu1 store  0x1000 := 0x8000000000002067 (8 bytes)
        vm0.cpu1 fetch  0xffc (8 bytes)
        vm0.cpu1 memory 0x2000 := 0x0 by another agent (guest-physical)
        vm0.cpu1 memory 0x2000 := 0x2067 (8 bytes) by another agent (guest-physical)
        vm0.cpu1 INVLPG 0xffff800000000000
        vm0.cpu1 INVPCID 0x1000 under PCID 0x1f
        vm0.cpu1 INVPCID PCID 0x1f but globals
        vm0.cpu1 INVPCID every PCID and globals
        vm0.cpu1 INVPCID every PCID but globals
        vm0.cpu1 MOV    CR0 := 0x1 (PG=0 WP=0)
        vm0.cpu1 MOV    CR3 := 0x2005
        vm0.cpu1 MOV    CR3 := 0x8000000000002005 (bit 63 set, PCID 0x5)
        vm0.cpu1 MOV    CR4 := 0x1000a0 (PSE=0 PGE=1 PAE=1 SMEP=1)
        vm0.cpu1 WRMSR  EFER := 0x900 (LME=1 NXE=1)
        vm0.cpu1 WRMSR  EFER := 0x0
        vm0.cpu1 WRPKRU 0x0
        vm0.cpu1 WRPKRU 0x80000004 (no access with key 1, no stores with key 15)
        vm0.cpu1 AC := 1
        vm0.cpu1 CPL := 3\
        """,
        operations.stream().map(OperationText::of).collect(Collectors.joining("\n")));
  }

  @Test
  void hostOperations() {
    HostOperation unmap = new HostOperation.UnmapFrames(0, 0x20, 1);
    List<Operation> operations =
        List.of(
            new HostOperation.MapFrames(0, 0x20, 0x300, 8),
            unmap,
            new HostOperation.MoveFrames(1, 0x20, 0x300, 1),
            new HostOperation.ProtectFrames(0, 0x20, 2, true),
            new HostOperation.ProtectFrames(0, 0x20, 1, false),
            new HostOperation.ResizePages(0, 0, 512, 1),
            new HostOperation.ResizePages(0, 0, 512, 512),
            new HostOperation.ResizePages(0, 0, 1024, 1024),
            new HostOperation.ResizePages(0, 0, 262144, 262144),
            new HostOperation.StartDirtyLog(0),
            new HostOperation.HarvestDirtyLog(0),
            new HostOperation.CreateMachine(1),
            new HostOperation.DestroyMachine(1),
            new AtRead(3, unmap),
            new AtRead(1, new GuestOperation.Store(CPU, 0x1000, 0x2067)));
    assertEquals(
        """
        host: map guest frames 0x20-0x27 of vm0 to host frames 0x300-0x307
        host: unmap guest frame 0x20 of vm0
        host: move guest frame 0x20 of vm1 to host frame 0x300
        host: make guest frames 0x20-0x21 of vm0 read-only
        host: make guest frame 0x20 of vm0 writable
        host: back guest frames 0x0-0x1ff of vm0 by pages of 4 KiB
        host: back guest frames 0x0-0x1ff of vm0 by pages of 2 MiB
        host: back guest frames 0x0-0x3ff of vm0 by pages of 4 MiB
        host: back guest frames 0x0-0x3ffff of vm0 by pages of 1 GiB
        host: start the dirty log of vm0
        host: harvest the dirty log of vm0
        host: create vm1
        host: destroy vm1
        at read 3: host: unmap guest frame 0x20 of vm0
        at read 1: vm0.cpu1 store  0x1000 := 0x2067\
        """,
        operations.stream().map(OperationText::of).collect(Collectors.joining("\n")));
  }

  @Test
  void hostResponses() {
    assertEquals("followed", HostText.of(HostResponse.dropping(List.of())));
    assertEquals(
        "followed; processor drops everything of vm0.cpu1; dirty guest frames 0x1-0x3 0x7",
        HostText.of(
            new HostResponse(List.of(new ProcessorDrop.Everything(CPU)), Set.of(7L, 3L, 2L, 1L))));
  }

  @Test
  void events() {
    ControlState before = new ControlState(0x21, 0x1000, 0xa0, 0x100);
    ControlState active = new ControlState(0x8000_0021L, 0x1000, 0xa0, 0x500);
    List<Event> events =
        List.of(
            fault(PrivilegeSet.USER, AccessKind.LOAD, 0, 4),
            fault(PrivilegeSet.SUPERVISOR_AC, AccessKind.STORE, 4, 8),
            new Event.InvalidatePcid(CPU, InvalidationType.SINGLE_CONTEXT, 5, 0),
            new Event.ControlWrite(CPU, ControlRegister.CR4, active, before),
            new Event.ControlWrite(
                CPU,
                ControlRegister.CR3,
                0x8000_0000_0000_2005L,
                active,
                active.with(ControlRegister.CR3, 0x2005)),
            new Event.ControlWrite(CPU, ControlRegister.CR0, before, active),
            new Event.ControlWrite(
                CPU,
                ControlRegister.CR3,
                before,
                before.with(new PdpteRegisters(List.of(0x3001L, 0L, 0L, 0L)))));
    assertEquals(
        """
        page fault at 0x1000: load by user, active walk says P|W|PK (0x23)
        page fault at 0x1000: store (8 bytes) by supervisor with AC=1 with PKRU 0x4 (no access with key 1), active walk says P|W|PK (0x23)
        INVPCID PCID 0x5 but globals
        write to CR4: 0xa0 -> 0xa0, LMA 1 -> 0
        write to CR3: 0x1000 -> 0x2005, written as 0x8000000000002005
        write to CR0: 0x21 -> 0x80000021, LMA 0 -> 1
        write to CR3: 0x1000 -> 0x1000, PDPTEs 0x3001 0x0 0x0 0x0\
        """,
        events.stream().map(EventText::of).collect(Collectors.joining("\n")));
  }

  private static Event fault(PrivilegeSet set, AccessKind kind, int pkru, int bytes) {
    return new Event.PageFault(
        CPU, new Access(0x1000, kind, set, pkru, bytes), new FaultCode(0x23), 0);
  }

  @Test
  void observations() {
    assertEquals("#UD", OperationText.of(new Observation.InvalidOpcode()));
    assertEquals("#GP", OperationText.of(new Observation.GeneralProtection()));
    assertEquals("read 0x8000000000000000", OperationText.of(new Observation.Loaded(1L << 63)));
  }
}
