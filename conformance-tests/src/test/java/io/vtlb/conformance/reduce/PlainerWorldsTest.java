package io.vtlb.conformance.reduce;

import static io.vtlb.conformance.reduce.MappedPage.CPU;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.trace.LongSamples;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What is left of a world when nothing of it is needed, or one thing only. */
class PlainerWorldsTest {

  private static final Vcpu SECOND = new Vcpu(0, 1);

  private static Sequence sequence(Operation... operations) {
    return new Sequence(LongSamples.world(), List.of(operations));
  }

  private static World reduced(Sequence start, Predicate<Sequence> stillFails) {
    assertTrue(stillFails.test(start));
    return Reducer.reduce(start, stillFails).world();
  }

  private static Machine machine(World world) {
    return world.machines().getFirst();
  }

  private static VcpuState vcpu(World world) {
    return machine(world).vcpus().getFirst();
  }

  @Test
  void nothingIsLeftOfWhatIsNotNeeded() {
    World world = reduced(sequence(new Load(CPU, 0)), sequence -> true);
    assertEquals(1, machine(world).vcpus().size());
    assertEquals(List.of(), machine(world).words());
    assertEquals(0, vcpu(world).pkru());
    assertFalse(vcpu(world).alignmentCheck());
    assertEquals(PdpteRegisters.NONE, vcpu(world).control().pdptes());
    assertEquals(ControlState.CR4_PAE, vcpu(world).control().cr4());
    assertEquals(Vendor.INTEL, world.profile().vendor());
  }

  @Test
  void thePlainProcessorIsTheUsualOne() {
    Sequence start = sequence(new Load(SECOND, 0));
    World world = reduced(start, sequence -> !sequence.operations().isEmpty() && isPae(sequence));
    assertEquals(Profile.GENERIC_32.capabilities(), world.profile().capabilities());
    assertEquals("PAE", world.mode());
  }

  private static boolean isPae(Sequence sequence) {
    return vcpu(sequence.world()).control().paePaging()
        || machine(sequence.world()).vcpus().getLast().control().paePaging();
  }

  @Test
  void aCapabilityStaysAsLongAsABitNeedsIt() {
    World world =
        reduced(
            sequence(new Load(CPU, 0)),
            sequence ->
                vcpu(sequence.world()).control().longMode()
                    && vcpu(sequence.world()).control().processContexts());
    assertEquals(
        Set.of(Capability.PSE36, Capability.LONG_MODE, Capability.PCID),
        world.profile().capabilities());
    assertEquals("4-level", world.mode());
  }

  @Test
  void aVirtualCpuThatDoesNothingGoesAndTheOthersAreRenumbered() {
    Sequence start = sequence(new InvalidatePage(SECOND, 0));
    Sequence result =
        Reducer.reduce(start, sequence -> sequence.operations().size() == 1 && isPae(sequence));
    assertEquals(List.of(new InvalidatePage(CPU, 0)), result.operations());
    assertEquals(1, machine(result.world()).vcpus().size());
  }

  @Test
  void whatOthersStoreStaysWhenItsVirtualCpuGoes() {
    Sequence start = sequence(new ForeignStore(SECOND, 0x1000, 0));
    Sequence result = Reducer.reduce(start, sequence -> sequence.operations().size() == 1);
    assertEquals(List.of(new ForeignStore(CPU, 0x1000, 0)), result.operations());
    assertEquals(1, machine(result.world()).vcpus().size());
  }

  @Test
  void anEntryOfEightBytesGoesAsAWhole() {
    Sequence start = new Sequence(twoPages(), List.of(new Load(CPU, 0)));
    PlainerMachines.of(machine(start.world()), start.world().profile(), List.of())
        .forEach(machine -> assertEquals(0, machine.words().size() % 2));
    World world = reduced(start, sequence -> MappedPage.physical(sequence, 0).isPresent());
    assertEquals(8, machine(world).words().size());
  }

  /** The levels of the first page, four entries, and the one of the second that is its own. */
  private static World twoPages() {
    return new MappedPage(PagingMode.FOUR_LEVEL).map(0, 9).map(1, 10).world();
  }

  @Test
  void bothHalvesOfAnEntryLoseBits() {
    World before = twoPages();
    List<Machine.Word> words =
        machine(before).words().stream()
            .map(word ->
                word.physicalAddress() % 8 == 0
                    ? word
                    : new Machine.Word(word.physicalAddress(), 0x7ff0_0000))
            .toList();
    World start =
        new World(
            before.mode(),
            before.profile(),
            before.caching(),
            List.of(new Machine(machine(before).vcpus(), machine(before).hostMap(), words)));
    World world =
        reduced(
            new Sequence(start, List.of(new Load(CPU, 0))),
            sequence -> MappedPage.physical(sequence, 0).isPresent());
    machine(world)
        .words()
        .forEach(word ->
            assertEquals(word.physicalAddress() % 8 == 0 ? 1 : 0, word.value() & 0xFFF00FFF));
  }

  @Test
  void memoryThatAnAgentStoresToStays() {
    Machine machine = machine(LongSamples.world());
    HostMap map = new HostMap(List.of(new HostRange(0, 0x200, 16), new HostRange(32, 0x300, 1)));
    Machine start = new Machine(machine.vcpus(), map, List.of());
    ForeignStore store = new ForeignStore(CPU, 0x20000, 0);
    assertTrue(runs(start, List.of()).contains(1));
    assertFalse(runs(start, List.of(store)).contains(1));
  }

  private static List<Integer> runs(Machine machine, List<GuestOperation> operations) {
    return PlainerMachines.of(machine, Profile.GENERIC_64, operations)
        .map(plainer -> plainer.hostMap().ranges().size())
        .toList();
  }

  @Test
  void whatTheHostDoesFollowsItsMachine() {
    World two = twoMachines();
    UnmapFrames unmap = new UnmapFrames(1, 3, 2);
    Sequence start =
        new Sequence(
            two, List.of(new DestroyMachine(0), unmap, new AtRead(2, unmap), new Load(CPU, 0)));
    Sequence without = PlainerWorlds.of(start).findFirst().orElseThrow();
    UnmapFrames renumbered = new UnmapFrames(0, 3, 2);
    assertEquals(List.of(renumbered, new AtRead(2, renumbered)), without.operations());
  }

  private static World twoMachines() {
    World world = LongSamples.world();
    Machine other =
        new Machine(
            machine(world).vcpus(), new HostMap(List.of(new HostRange(0, 0x400, 8))), List.of());
    return new World(
        world.mode(), world.profile(), world.caching(), List.of(machine(world), other));
  }

  @Test
  void whatAVirtualCpuStoresInsideAnEventGoesWithIt() {
    AtRead gone = new AtRead(1, new Store(SECOND, 0, 1));
    AtRead kept = new AtRead(1, new ForeignStore(SECOND, 0x1000, 1));
    UnmapFrames unmap = new UnmapFrames(0, 3, 2);
    List<List<Operation>> candidates =
        PlainerWorlds.of(sequence(gone, kept, unmap)).map(Sequence::operations).toList();
    assertTrue(
        candidates.contains(List.of(new AtRead(1, new ForeignStore(CPU, 0x1000, 1)), unmap)));
  }

  @Test
  void memoryBecomesWritable() {
    Machine machine = machine(LongSamples.world());
    HostMap map = new HostMap(List.of(new HostRange(0, 0x200, 16, true)));
    Machine start = new Machine(machine.vcpus(), map, machine.words().subList(0, 2));
    assertTrue(
        PlainerMachines.of(start, Profile.GENERIC_64, List.of())
            .anyMatch(plainer ->
                plainer.hostMap().ranges().equals(List.of(new HostRange(0, 0x200, 16)))));
  }

  @Test
  void aProcessorStaysThatCanAddressWhatTheHostMaps() {
    World world = LongSamples.world();
    long first = 1L << (Profile.GENERIC_32.physicalAddressBits() - 12);
    Sequence low = new Sequence(withoutHighMemory(world), List.of(new UnmapFrames(0, 5, 1)));
    Sequence high = low.with(List.of(new AtRead(1, new UnmapFrames(0, first, 1))));
    assertTrue(PlainerProfiles.of(low).anyMatch(PlainerWorldsTest::isNarrow));
    assertFalse(PlainerProfiles.of(high).anyMatch(PlainerWorldsTest::isNarrow));
  }

  private static boolean isNarrow(Profile profile) {
    return profile.physicalAddressBits() == Profile.GENERIC_32.physicalAddressBits();
  }

  /** A world that the usual processor could have as well. */
  private static World withoutHighMemory(World world) {
    VcpuState state = new VcpuState(new ControlState(0x8001_0001L, 0x1000, 0, 0), 0);
    Machine machine =
        new Machine(List.of(state), new HostMap(List.of(new HostRange(0, 0x200, 16))), List.of());
    return new World("32-bit", world.profile(), world.caching(), List.of(machine));
  }
}
