package io.vtlb.conformance.design.outofsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Kept in step, let go, resynchronised: with 32-bit paging, the root in frame 1, and in frame 2 a
 * table that maps pages 1 and 2 to these two frames and page 3 to frame 5.
 */
class OutOfSyncTlbTest {

  private static final Vcpu CPU = new Vcpu(0, 0);
  private static final Vcpu OTHER = new Vcpu(0, 1);
  private static final long PTE = 0x200C;
  private static final ControlState CONTROL =
      new ControlState(
          ControlState.CR0_PE | ControlState.CR0_PG | ControlState.CR0_WP, 0x1000, 0, 0);
  private static final HostMap HOST = new HostMap(List.of(new HostRange(0, 0x100, 64)));
  private static final List<ProcessorDrop> EVERYTHING =
      List.of(new ProcessorDrop.Everything(CPU), new ProcessorDrop.Everything(OTHER));

  private final GuestPhysicalMemory memory = new GuestPhysicalMemory(0, HOST);
  private final OutOfSyncTlb tlb = new OutOfSyncTlb();

  @BeforeEach
  void create() {
    memory.write(0x1000, 0x2003);
    memory.write(0x2004, 0x1003);
    memory.write(0x2008, 0x2003);
    memory.write(0x200C, 0x5003);
    VmBlueprint.VcpuState state = new VmBlueprint.VcpuState(CONTROL, 0);
    tlb.create(new VmBlueprint(0, List.of(state, state), HOST, Profile.GENERIC_32), memory);
  }

  private Response access(AccessKind kind, long address, long value) {
    Access access = new Access(address, kind, PrivilegeSet.SUPERVISOR);
    return tlb.handle(new Event.PageFault(CPU, access, new FaultCode(0), value));
  }

  private Response load(long address) {
    return access(AccessKind.LOAD, address, 0);
  }

  private Optional<ActiveEntry> entry(Vcpu vcpu, long page) {
    return tlb.activeEntries(vcpu, PrivilegeSet.SUPERVISOR).stream()
        .filter(entry -> entry.covers(page))
        .findFirst();
  }

  private long frame(long page) {
    return entry(CPU, page).orElseThrow().hostFrame();
  }

  private boolean writable(long page) {
    return entry(CPU, page).orElseThrow().rights().write();
  }

  private Response flush() {
    return tlb.handle(new Event.ControlWrite(CPU, ControlRegister.CR3, CONTROL, CONTROL));
  }

  @Test
  void virtualCpusOnOneRootShareItsShadows() {
    load(0x3000);
    assertEquals(entry(CPU, 3), entry(OTHER, 3));
  }

  @Test
  void aStoreToTheRootIsEmulatedAndTheShadowKeptInStep() {
    load(0x3000);
    Response response = access(AccessKind.STORE, 0x1000, 0);
    assertInstanceOf(Action.StoreEmulated.class, response.action());
    assertEquals(0, memory.word(0x1000));
    assertEquals(List.of(), tlb.activeEntries(CPU, PrivilegeSet.SUPERVISOR));
    assertEquals(EVERYTHING, response.drops());
  }

  @Test
  void aLowestTableIsLetGoAndStaysStaleUntilTheGuestFlushes() {
    load(0x3000);
    Response response = access(AccessKind.STORE, 0x2000 + 0xC, 0x6023);
    assertInstanceOf(Action.Resume.class, response.action());
    assertTrue(writable(2));
    memory.write(PTE, 0x6023);
    assertEquals(0x105, frame(3));
    flush();
    assertEquals(0x106, frame(3));
    assertFalse(writable(2));
  }

  @Test
  void invlpgResynchronisesTheTableOfItsPage() {
    load(0x3000);
    access(AccessKind.STORE, 0x2000 + 0xC, 0);
    memory.write(PTE, 0);
    tlb.handle(new Event.InvalidatePage(CPU, 0x3000));
    assertEquals(Optional.empty(), entry(CPU, 3));
  }

  @Test
  void aTableIsComparedAgainOnceProcessorsCannotStoreThereAnyMore() {
    load(0x3000);
    access(AccessKind.STORE, 0x2000 + 0xC, 0);
    flush();
    // A store by the other processor, through what it had not been asked to forget by then.
    memory.write(PTE, 0x6023);
    tlb.handle(new Event.InvalidatePage(OTHER, 0x2000));
    assertEquals(Optional.empty(), entry(CPU, 3));
  }

  @Test
  void aFrameThatBecomesATableLosesItsWritableMappings() {
    access(AccessKind.STORE, 0x3000, 0);
    assertTrue(writable(3));
    access(AccessKind.STORE, 0x1004, 0x5003);
    memory.write(0x5000, 0x4003);
    Response response = load(0x40_0000);
    assertFalse(writable(3));
    assertEquals(EVERYTHING, response.drops());
  }

  @Test
  void movedFramesAreMappedNoMore() {
    load(0x3000);
    HostResponse response = tlb.follow(new HostOperation.MoveFrames(0, 5, 0x300, 1));
    assertEquals(EVERYTHING, response.drops());
    assertEquals(Optional.empty(), entry(CPU, 3));
    load(0x3000);
    assertEquals(0x300, frame(3));
  }

  @Test
  void aHarvestNamesWhatWasWrittenAndWithholdsWritesAgain() {
    tlb.follow(new HostOperation.StartDirtyLog(0));
    access(AccessKind.STORE, 0x3000, 0);
    assertTrue(writable(3));
    HostResponse harvest = tlb.follow(new HostOperation.HarvestDirtyLog(0));
    assertEquals(Set.of(1L, 2L, 5L), harvest.dirtyFrames());
    assertEquals(EVERYTHING, harvest.drops());
    assertFalse(writable(3));
  }

  @Test
  void aDeviceIsRememberedUntilMemoryAppears() {
    memory.write(PTE, 0x5_0003);
    assertInstanceOf(Action.DeviceAccess.class, load(0x3000).action());
    assertInstanceOf(Action.DeviceAccess.class, load(0x3000).action());
    tlb.follow(new HostOperation.MapFrames(0, 0x50, 0x400, 1));
    assertInstanceOf(Action.Resume.class, load(0x3000).action());
    assertEquals(0x400, frame(3));
  }

  /** The table to link has another root, and so stays shadowed. */
  @Test
  void nothingIsLinkedInATableWhoseMemoryGoesWhileItIsValidated() {
    memory.write(0x4000, 0x2003);
    VmBlueprint.VcpuState state = new VmBlueprint.VcpuState(CONTROL, 0);
    ControlState elsewhere = CONTROL.with(ControlRegister.CR3, 0x4000);
    VmBlueprint.VcpuState other = new VmBlueprint.VcpuState(elsewhere, 0);
    tlb.create(
        new VmBlueprint(0, List.of(state, other), HOST, Profile.GENERIC_32), new VanishingMemory());
    Access access = new Access(0x3000, AccessKind.LOAD, PrivilegeSet.SUPERVISOR);
    tlb.handle(new Event.PageFault(OTHER, access, new FaultCode(0), 0));
    load(0x3000);
    Response response = access(AccessKind.STORE, 0x1004, 0x2023);
    assertInstanceOf(Action.StoreEmulated.class, response.action());
    assertEquals(List.of(), tlb.activeEntries(CPU, PrivilegeSet.SUPERVISOR));
  }

  /** The host takes the root's frame away right after its second entry has been read. */
  private final class VanishingMemory implements GuestMemory {

    @Override
    public long read(long physicalAddress, int bytes) {
      long value = memory.read(physicalAddress, bytes);
      if (physicalAddress == 0x1004) {
        tlb.follow(new HostOperation.UnmapFrames(0, 1, 1));
      }
      return value;
    }

    @Override
    public boolean compareAndSet(long address, int bytes, long expected, long replacement) {
      return memory.compareAndSet(address, bytes, expected, replacement);
    }

    @Override
    public void store(long physicalAddress, int bytes, long value) {
      memory.store(physicalAddress, bytes, value);
    }
  }
}
