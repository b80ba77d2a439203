package io.vtlb.conformance.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Over many sequences, everything that the kit can do appears, and nothing crowds out the rest. */
class DistributionTest {

  private static final int SEQUENCES = 2_000;

  private static final List<Sequence> ALL =
      IntStream.range(0, SEQUENCES)
          .mapToObj(new SequenceGenerator(11, 40, true)::sequence)
          .toList();

  private static Stream<GuestOperation> operations() {
    return ALL.stream().flatMap(sequence -> sequence.operations().stream());
  }

  private static Stream<ControlState> initialStates() {
    return ALL.stream()
        .flatMap(sequence -> sequence.world().machines().stream())
        .map(machine -> machine.vcpus().getFirst().control());
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
        0.03,
        GuestOperation.class.getPermittedSubclasses().length,
        shares(operations(), GuestOperation::getClass));
  }

  @Test
  void everyControlRegister() {
    assertEachAtLeast(
        0.1,
        ControlRegister.values().length,
        shares(
            operations().filter(WriteControl.class::isInstance).map(WriteControl.class::cast),
            WriteControl::register));
  }

  @Test
  void everyPolicyOfCaching() {
    assertEachAtLeast(
        0.2,
        Caching.Policy.values().length,
        shares(ALL.stream(), sequence -> sequence.world().caching().policy()));
  }

  @Test
  void oneToThreeMachines() {
    Map<Integer, Double> shares =
        shares(ALL.stream(), sequence -> sequence.world().machines().size());
    assertEachAtLeast(0.1, 3, shares);
    assertTrue(shares.keySet().containsAll(List.of(1, 2, 3)), shares.toString());
  }

  @Test
  void everyProfile() {
    assertEachAtLeast(0.15, 3, shares(ALL.stream(), sequence -> sequence.world().profile().name()));
  }

  @Test
  void controlBitsAreSetAndClear() {
    assertEachAtLeast(0.2, 2, shares(initialStates(), ControlState::pageSizeExtensions));
    assertEachAtLeast(0.2, 2, shares(initialStates(), ControlState::globalPages));
    assertEachAtLeast(0.2, 2, shares(initialStates(), ControlState::writeProtect));
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

  /** Flushes are worth little unless something can be stale: the same pages are used again. */
  @Test
  void flushesMeetPagesThatWereUsedBefore() {
    long flushes = 0;
    long meeting = 0;
    for (Sequence sequence : ALL) {
      List<GuestOperation> operations = sequence.operations();
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
                && operation instanceof GuestOperation.Load load
                && load.address() >>> 12 == flush.address() >>> 12);
  }
}
