package io.vtlb.conformance.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.InvalidatePcid;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over many sequences, everything that the kit can do appears, and nothing crowds out the rest. */
class DistributionTest {

  private static final int SEQUENCES = 2_000;
  private static final List<Sequence> ALL = sequences(ModeChoice.MIXED);

  private static List<Sequence> sequences(ModeChoice modes) {
    return IntStream.range(0, SEQUENCES)
        .mapToObj(new SequenceGenerator(11, 40, modes, true)::sequence)
        .toList();
  }

  private static Stream<GuestOperation> operations() {
    return ALL.stream().flatMap(sequence -> guestOperations(sequence).stream());
  }

  private static List<GuestOperation> guestOperations(Sequence sequence) {
    return sequence.operations().stream()
        .filter(GuestOperation.class::isInstance)
        .map(GuestOperation.class::cast)
        .toList();
  }

  private static Stream<Machine> machines(List<Sequence> sequences) {
    return sequences.stream().flatMap(sequence -> sequence.world().machines().stream());
  }

  private static Stream<ControlState> initialStates() {
    return machines(ALL).flatMap(machine -> machine.vcpus().stream()).map(VcpuState::control);
  }

  /** The share of each key among all things. */
  private static <T, K> Map<K, Double> shares(Stream<T> things, Function<T, K> key) {
    Map<K, Integer> counts = new HashMap<>();
    things.forEach(thing -> counts.merge(key.apply(thing), 1, Integer::sum));
    double all = counts.values().stream().mapToInt(Integer::intValue).sum();
    Map<K, Double> shares = new HashMap<>();
    counts.forEach((one, count) -> shares.put(one, count / all));
    return shares;
  }

  private static void assertEachAtLeast(double least, int kinds, Map<?, Double> shares) {
    assertEquals(kinds, shares.size(), shares.toString());
    shares.forEach((key, share) -> assertTrue(share >= least, key + " is rare: " + shares));
  }

  @Test
  void everyKindOfOperation() {
    assertEachAtLeast(
        0.004,
        GuestOperation.class.getPermittedSubclasses().length,
        shares(operations(), GuestOperation::getClass));
  }

  @Test
  void everyControlRegister() {
    assertEachAtLeast(
        0.02,
        ControlRegister.values().length,
        shares(
            operations().filter(WriteControl.class::isInstance).map(WriteControl.class::cast),
            WriteControl::register));
  }

  @Test
  void everyTypeOfInvpcid() {
    assertEachAtLeast(
        0.15,
        InvalidationType.values().length,
        shares(
            operations().filter(InvalidatePcid.class::isInstance).map(InvalidatePcid.class::cast),
            InvalidatePcid::type));
  }

  @Test
  void everyPolicyOfCaching() {
    assertEachAtLeast(
        0.2,
        Caching.Policy.values().length,
        shares(ALL.stream(), sequence -> sequence.world().caching().policy()));
  }

  @Test
  void oneToThreeMachinesOfOneToThreeVirtualCpus() {
    Map<Integer, Double> machines =
        shares(ALL.stream(), sequence -> sequence.world().machines().size());
    Map<Integer, Double> vcpus = shares(machines(ALL), machine -> machine.vcpus().size());
    for (Map<Integer, Double> shares : List.of(machines, vcpus)) {
      assertEachAtLeast(0.1, 3, shares);
      assertTrue(shares.keySet().containsAll(List.of(1, 2, 3)), shares.toString());
    }
  }

  @Test
  void everyModeToStartIn() {
    assertEachAtLeast(0.04, PagingMode.ALL.size(), shares(initialStates(), PagingMode::of));
  }

  @Test
  void processorsOfEachVendorReachAndCapability() {
    assertEachAtLeast(0.2, 2, shares(ALL.stream(), one -> one.world().profile().vendor()));
    assertEachAtLeast(
        0.02, 5, shares(ALL.stream(), one -> one.world().profile().physicalAddressBits()));
    assertEachAtLeast(0.05, 2, shares(ALL.stream(), one -> one.world().profile().spuriousFaults()));
    for (Capability capability : Capability.values()) {
      assertEachAtLeast(
          0.05, 2, shares(ALL.stream(), one -> one.world().profile().has(capability)));
    }
  }

  @Test
  void controlBitsAreSetAndClear() {
    List<Predicate<ControlState>> bits =
        List.of(
            ControlState::pageSizeExtensions,
            ControlState::globalPages,
            ControlState::writeProtect,
            ControlState::noExecute,
            ControlState::processContexts,
            ControlState::protectionKeys,
            ControlState::supervisorExecutionPrevention,
            ControlState::supervisorAccessPrevention);
    for (Predicate<ControlState> bit : bits) {
      assertEachAtLeast(0.15, 2, shares(initialStates(), bit::test));
    }
  }

  @Test
  void everyPrivilegeLevel() {
    assertEachAtLeast(
        0.01,
        4,
        shares(
            operations().filter(ChangePrivilege.class::isInstance).map(ChangePrivilege.class::cast),
            ChangePrivilege::cpl));
  }

  /** Tables that are data too: an access may read them, and a store edit them. */
  @ParameterizedTest
  @EnumSource(names = "MIXED", mode = EnumSource.Mode.EXCLUDE)
  void somePagesAreTables(ModeChoice modes) {
    assertSomeLeaf(
        modes,
        entry -> (entry & 1) != 0 && frame(entry) >= 1 && frame(entry) <= Terrain.LAST_TABLE_FRAME);
  }

  @ParameterizedTest
  @EnumSource(names = "MIXED", mode = EnumSource.Mode.EXCLUDE)
  void somePagesAreDevices(ModeChoice modes) {
    assertSomeLeaf(modes, entry -> (entry & 1) != 0 && frame(entry) == Terrain.DEVICE);
  }

  @ParameterizedTest
  @EnumSource(names = {"PAE", "FOUR_LEVEL", "FIVE_LEVEL"})
  void someFramesLieBeyondMaxphyaddr(ModeChoice modes) {
    assertSomeLeaf(modes, entry -> (entry & 1) != 0 && frame(entry) >>> 24 != 0);
  }

  private static long frame(long entry) {
    return entry >>> 12 & 0xFF_FFFF_FFFFL;
  }

  /** Leaves of 4 KiB pages; each machine has several. */
  private static void assertSomeLeaf(ModeChoice modes, Predicate<Long> wanted) {
    Terrain terrain = Terrain.of(modes.modes().getFirst());
    int bytes = terrain.mode().format().bytes();
    long found = 0;
    for (Machine machine : machines(sequences(modes)).toList()) {
      WrittenWords memory = new WrittenWords();
      machine.words().forEach(memory::store);
      for (long table : terrain.tables().getLast()) {
        for (int index : terrain.indices().getLast()) {
          found += wanted.test(memory.read(terrain.entryAddress(table, index), bytes)) ? 1 : 0;
        }
      }
    }
    assertTrue(found >= SEQUENCES / 20, found + " in " + SEQUENCES + " worlds");
  }

  /** Flushes are worth little unless something can be stale: the same pages are used again. */
  @ParameterizedTest
  @EnumSource
  void flushesMeetPagesThatWereUsedBefore(ModeChoice modes) {
    long flushes = 0;
    long meeting = 0;
    for (Sequence sequence : sequences(modes)) {
      List<GuestOperation> operations = guestOperations(sequence);
      for (int i = 0; i < operations.size(); i++) {
        if (operations.get(i) instanceof InvalidatePage flush) {
          flushes++;
          meeting += usesBefore(operations.subList(0, i), flush) ? 1 : 0;
        }
      }
    }
    assertTrue(meeting > flushes / 2, meeting + " of " + flushes);
  }

  private static boolean usesBefore(List<GuestOperation> before, InvalidatePage flush) {
    return before.stream()
        .anyMatch(operation ->
            operation.vcpu().equals(flush.vcpu())
                && address(operation).stream()
                    .anyMatch(used -> used >> 12 == flush.address() >> 12));
  }

  private static OptionalLong address(GuestOperation operation) {
    return switch (operation) {
      case GuestOperation.Load load -> OptionalLong.of(load.address());
      case GuestOperation.Store store -> OptionalLong.of(store.address());
      case GuestOperation.Fetch fetch -> OptionalLong.of(fetch.address());
      default -> OptionalLong.empty();
    };
  }
}
