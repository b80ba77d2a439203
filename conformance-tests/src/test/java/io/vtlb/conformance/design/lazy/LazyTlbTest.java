package io.vtlb.conformance.design.lazy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
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
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Fill on miss, forget on flush: with 32-bit paging, a table in frame 1 and one in frame 2. */
class LazyTlbTest {

  private static final Vcpu CPU = new Vcpu(0, 0);
  private static final Vcpu OTHER = new Vcpu(0, 1);
  private static final long PDE = 0x1000;
  private static final long PTE = 0x2000 + 3 * 4;
  private static final long PAGE = 3;
  private static final long LARGE = PageSize.LARGE_4M;
  private static final ControlState CONTROL =
      new ControlState(
          ControlState.CR0_PE | ControlState.CR0_PG | ControlState.CR0_WP,
          0x1000,
          ControlState.CR4_PSE,
          0);
  private static final HostMap HOST =
      new HostMap(List.of(new HostRange(0, 0x100, 64), new HostRange(LARGE, 0x800, 512)));
  private static final AccessRights READ = new AccessRights(true, false, true);
  private static final AccessRights ALL = new AccessRights(true, true, true);

  private final GuestPhysicalMemory memory = new GuestPhysicalMemory(0, HOST);
  private final LazyTlb tlb = new LazyTlb();

  private void create(GuestMemory view) {
    memory.write(PDE, 0x2007);
    memory.write(PDE + 4, 0x40_0087);
    memory.write(PTE, 0x5007);
    VmBlueprint.VcpuState state = new VmBlueprint.VcpuState(CONTROL, 0);
    tlb.create(new VmBlueprint(0, List.of(state, state), HOST, Profile.GENERIC_32), view);
  }

  private Response miss(Vcpu vcpu, long page, AccessKind kind) {
    Access access = new Access(page << PageSize.BASE_SHIFT, kind, PrivilegeSet.SUPERVISOR);
    return tlb.handle(new Event.PageFault(vcpu, access, new FaultCode(0), 0));
  }

  private List<ActiveEntry> entries(Vcpu vcpu) {
    return List.copyOf(tlb.activeEntries(vcpu, PrivilegeSet.SUPERVISOR));
  }

  @Test
  void aMissFillsOnePageAndSetsAccessed() {
    create(memory);
    miss(CPU, PAGE, AccessKind.LOAD);
    assertEquals(List.of(new ActiveEntry(PAGE, 1, 0x105, READ)), entries(CPU));
    assertEquals(List.of(), tlb.activeEntries(CPU, PrivilegeSet.USER));
    assertEquals(0x2027, memory.word(PDE));
    assertEquals(0x5027, memory.word(PTE));
  }

  @Test
  void theFirstStoreSetsDirtyAndGrantsWrites() {
    create(memory);
    miss(CPU, PAGE, AccessKind.LOAD);
    miss(CPU, PAGE, AccessKind.STORE);
    assertEquals(List.of(new ActiveEntry(PAGE, 1, 0x105, ALL)), entries(CPU));
    assertEquals(0x5067, memory.word(PTE));
  }

  @Test
  void theHostsPageSizeSplintersALargePageAndInvlpgDropsAllOfIt() {
    create(memory);
    miss(CPU, LARGE, AccessKind.LOAD);
    assertEquals(List.of(new ActiveEntry(LARGE, 512, 0x800, READ)), entries(CPU));
    tlb.follow(new HostOperation.ResizePages(0, LARGE, 512, 1));
    miss(CPU, LARGE, AccessKind.LOAD);
    miss(CPU, LARGE + 5, AccessKind.LOAD);
    assertEquals(
        List.of(new ActiveEntry(LARGE, 1, 0x800, READ), new ActiveEntry(LARGE + 5, 1, 0x805, READ)),
        entries(CPU));
    tlb.handle(new Event.InvalidatePage(CPU, (LARGE + 9) << PageSize.BASE_SHIFT));
    assertEquals(List.of(), entries(CPU));
  }

  @Test
  void whereTheHostHasNothingTheAccessIsADevices() {
    create(memory);
    Response response = miss(CPU, LARGE + 512, AccessKind.LOAD);
    assertInstanceOf(Action.DeviceAccess.class, response.action());
    assertEquals(List.of(), entries(CPU));
  }

  @Test
  void whatTheHostDoesIsForgottenOnEveryVirtualCpu() {
    create(memory);
    miss(CPU, PAGE, AccessKind.LOAD);
    miss(OTHER, PAGE, AccessKind.LOAD);
    HostResponse response = tlb.follow(new HostOperation.UnmapFrames(0, 5, 1));
    assertEquals(List.of(), entries(CPU));
    assertEquals(List.of(), entries(OTHER));
    assertEquals(
        List.of(new ProcessorDrop.Everything(CPU), new ProcessorDrop.Everything(OTHER)),
        response.drops());
  }

  @Test
  void aHarvestNamesDataAndTheTablesThatTheWalkChanged() {
    create(memory);
    tlb.follow(new HostOperation.StartDirtyLog(0));
    miss(CPU, PAGE, AccessKind.STORE);
    assertEquals(
        Set.of(1L, 2L, 5L), tlb.follow(new HostOperation.HarvestDirtyLog(0)).dirtyFrames());
    miss(CPU, PAGE, AccessKind.LOAD);
    assertEquals(READ, entries(CPU).getFirst().rights());
    assertEquals(Set.of(), tlb.follow(new HostOperation.HarvestDirtyLog(0)).dirtyFrames());
  }

  @Test
  void aFrameThatMovesDuringTheWalkIsFilledWhereItIsNow() {
    create(new MovingMemory());
    miss(CPU, PAGE, AccessKind.LOAD);
    assertEquals(List.of(new ActiveEntry(PAGE, 1, 0x900, READ)), entries(CPU));
  }

  /** The host moves the page's frame right after its entry has been read. */
  private final class MovingMemory implements GuestMemory {

    @Override
    public long read(long physicalAddress, int bytes) {
      long value = memory.read(physicalAddress, bytes);
      if (physicalAddress == PTE) {
        tlb.follow(new HostOperation.MoveFrames(0, 5, 0x900, 1));
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
