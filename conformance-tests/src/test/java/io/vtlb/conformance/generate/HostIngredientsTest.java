package io.vtlb.conformance.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.trace.Sequence;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What hosts do in generated sequences, and that nothing is done which the target declines. */
class HostIngredientsTest {

  private static final int SEQUENCES = 1_500;

  private static List<GeneratedSequence> sequences(
      ModeChoice modes, Set<Feature> features, Set<Ingredient> ingredients) {
    SequenceGenerator generator = new SequenceGenerator(7, 40, modes, features, ingredients);
    return IntStream.range(0, SEQUENCES).mapToObj(generator::generated).toList();
  }

  private static List<GeneratedSequence> everything(ModeChoice modes) {
    return sequences(modes, EnumSet.allOf(Feature.class), Ingredient.all());
  }

  private static List<Sequence> having(Ingredient ingredient) {
    List<Sequence> all =
        sequences(ModeChoice.FOUR_LEVEL, EnumSet.allOf(Feature.class), EnumSet.of(ingredient))
            .stream()
            .filter(one -> one.ingredients().contains(ingredient))
            .map(GeneratedSequence::sequence)
            .toList();
    assertTrue(all.size() > SEQUENCES / 20, ingredient + ": " + all.size());
    return all;
  }

  private static Stream<Operation> operations(List<GeneratedSequence> sequences) {
    return sequences.stream().flatMap(one -> one.sequence().operations().stream());
  }

  private static Operation inner(Operation operation) {
    return operation instanceof AtRead at ? at.operation() : operation;
  }

  @Test
  void everyKindOfHostOperation() {
    Map<Class<?>, Integer> counts = new HashMap<>();
    operations(everything(ModeChoice.MIXED))
        .filter(HostOperation.class::isInstance)
        .forEach(one -> counts.merge(one.getClass(), 1, Integer::sum));
    assertEquals(HostOperation.class.getPermittedSubclasses().length, counts.size());
    counts.forEach((kind, count) -> assertTrue(count > SEQUENCES / 50, kind + ": " + counts));
  }

  @Test
  void everyKindOfOperationAtARead() {
    Set<Class<?>> kinds = new HashSet<>();
    operations(everything(ModeChoice.MIXED))
        .filter(AtRead.class::isInstance)
        .forEach(one -> kinds.add(inner(one).getClass()));
    assertEquals(
        Set.of(
            GuestOperation.Store.class,
            GuestOperation.ForeignStore.class,
            HostOperation.MapFrames.class,
            HostOperation.UnmapFrames.class,
            HostOperation.MoveFrames.class,
            HostOperation.ProtectFrames.class,
            HostOperation.ResizePages.class),
        kinds);
  }

  @ParameterizedTest
  @EnumSource(Feature.class)
  void nothingIsGeneratedThatTheTargetDoesNotDeclare(Feature declined) {
    Set<Feature> features = EnumSet.complementOf(EnumSet.of(declined));
    List<GeneratedSequence> all = sequences(ModeChoice.MIXED, features, Ingredient.all());
    switch (declined) {
      case HOST_OPERATIONS -> {
        assertFalse(operations(all).anyMatch(one -> inner(one) instanceof HostOperation));
        assertFalse(
            all.stream()
                .flatMap(one -> one.sequence().world().machines().stream())
                .flatMap(machine -> machine.hostMap().ranges().stream())
                .anyMatch(HostRange::readOnly));
      }
      case INTERLEAVING -> assertFalse(operations(all).anyMatch(AtRead.class::isInstance));
      case FOREIGN_STORES ->
          assertFalse(
              operations(all).anyMatch(one -> inner(one) instanceof GuestOperation.ForeignStore));
      case SEVERAL_VCPUS, PCID, SPURIOUS_FAULTS -> {} // DeclaredWorldsTest
      case PREFETCH, SHARING, RECYCLING, WRITE_TRACKING -> {}
      case INTERCEPTS_PRIVILEGE_CHANGES, EVENTS_FLUSH_PROCESSOR -> {}
    }
    for (GeneratedSequence one : all) {
      assertTrue(one.ingredients().stream().allMatch(ingredient -> ingredient.fits(features)));
    }
  }

  @Test
  void noStoreByAnotherVirtualCpuWhereThereIsOnlyOne() {
    for (GeneratedSequence one : everything(ModeChoice.MIXED)) {
      List<Operation> operations = one.sequence().operations();
      for (int i = 0; i + 1 < operations.size(); i++) {
        if (inner(operations.get(i)) instanceof GuestOperation.Store store
            && operations.get(i) instanceof AtRead
            && operations.get(i + 1) instanceof GuestOperation interrupted) {
          assertFalse(store.vcpu().equals(interrupted.vcpu()));
          assertEquals(store.vcpu().vm(), interrupted.vcpu().vm());
        }
      }
    }
  }

  @Test
  void whatThePageUsedMapsIsEditedAndThePageUsedAgain() {
    List<Sequence> all = having(Ingredient.HOST_EDIT_UNDER_CACHED_ENTRIES);
    long showing = all.stream().filter(HostIngredientsTest::editsUnderUse).count();
    assertTrue(showing > 0.7 * all.size(), showing + " of " + all.size());
  }

  private static boolean editsUnderUse(Sequence sequence) {
    FollowedTables tables = new FollowedTables(sequence);
    Map<List<Long>, Long> used = new HashMap<>();
    Set<Long> edited = new HashSet<>();
    for (Operation operation : sequence.operations()) {
      if (operation instanceof GuestOperation guest && FollowedTables.page(guest).isPresent()) {
        long page = FollowedTables.page(guest).getAsLong();
        if (edited.contains(page)) {
          return true;
        }
        long frame = FollowedTables.frame(tables.walk(guest.vcpu(), page), page);
        used.put(List.of((long) guest.vcpu().vm(), frame), page);
      }
      run(operation)
          .ifPresent(run -> {
            for (long frame = run.guestFrame(); frame < run.guestFrame() + run.frames(); frame++) {
              Long page = used.get(List.of((long) ((HostOperation) operation).vm(), frame));
              if (page != null) {
                edited.add(page);
              }
            }
          });
      tables.follow(operation);
    }
    return false;
  }

  private static Optional<HostRange> run(Operation operation) {
    return switch (operation) {
      case HostOperation.UnmapFrames one ->
          Optional.of(new HostRange(one.guestFrame(), 0, one.frames()));
      case HostOperation.MoveFrames one ->
          Optional.of(new HostRange(one.guestFrame(), 0, one.frames()));
      case HostOperation.ProtectFrames one ->
          Optional.of(new HostRange(one.guestFrame(), 0, one.frames()));
      case HostOperation.ResizePages one ->
          Optional.of(new HostRange(one.guestFrame(), 0, one.frames()));
      default -> Optional.empty();
    };
  }

  @Test
  void aLogIsStartedAndHarvestedAfterStores() {
    for (Sequence sequence : having(Ingredient.DIRTY_LOG)) {
      List<Operation> all = sequence.operations();
      int start = indexOf(all, HostOperation.StartDirtyLog.class, 0);
      int store = indexOf(all, GuestOperation.Store.class, start);
      assertTrue(indexOf(all, HostOperation.HarvestDirtyLog.class, store) > store);
    }
  }

  @Test
  void aMachineIsDestroyedAndCreatedAndUsedAgain() {
    for (Sequence sequence : having(Ingredient.MACHINE_CREATED_AGAIN)) {
      List<Operation> all = sequence.operations();
      int gone = indexOf(all, HostOperation.DestroyMachine.class, 0);
      int back = indexOf(all, HostOperation.CreateMachine.class, gone);
      assertTrue(gone >= 0 && back > gone && back < all.size() - 1);
    }
  }

  private static int indexOf(List<Operation> all, Class<?> kind, int from) {
    for (int i = Math.max(0, from); i < all.size(); i++) {
      if (kind.isInstance(all.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** That is where a forgotten translation leads into another's memory. */
  @Test
  void hostFramesThatOneMachineLeftAreGivenToAnother() {
    int given = 0;
    for (GeneratedSequence one : everything(ModeChoice.MIXED)) {
      int machines = one.sequence().world().machines().size();
      for (Operation operation : one.sequence().operations()) {
        if (operation instanceof HostOperation.MoveFrames move) {
          long first = move.hostFrame() / 0x10_0000 - 1;
          given += first < machines && first != move.vm() ? 1 : 0;
        }
      }
    }
    assertTrue(given > SEQUENCES / 100, "only " + given);
  }

  @Test
  void someMemoryIsReadOnlyFromTheStart() {
    for (Sequence sequence : having(Ingredient.READ_ONLY_MEMORY)) {
      assertTrue(
          sequence.world().machines().stream()
              .allMatch(
                  machine -> machine.hostMap().ranges().stream().anyMatch(HostRange::readOnly)));
    }
  }

  @Test
  void aSchedulePointStandsBeforeWhatCausesAnEvent() {
    for (Sequence sequence : having(Ingredient.SCHEDULE_POINT)) {
      List<Operation> all = sequence.operations();
      for (int i = 0; i + 1 < all.size(); i++) {
        if (all.get(i) instanceof AtRead) {
          assertFalse(all.get(i + 1) instanceof HostOperation, all.get(i + 1).toString());
          assertFalse(all.get(i + 1) instanceof GuestOperation.ChangePrivilege);
        }
      }
    }
  }
}
