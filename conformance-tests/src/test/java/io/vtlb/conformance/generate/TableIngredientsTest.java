package io.vtlb.conformance.generate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.Feature;
import io.vtlb.model.trace.Sequence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Each ingredient of guest programs is there in nearly all sequences that say they have it. */
class TableIngredientsTest {

  private static final int SEQUENCES = 1_500;

  private static double share(Predicate<Sequence> shape, List<GeneratedSequence> all) {
    return all.stream().map(GeneratedSequence::sequence).filter(shape).count()
        / (double) all.size();
  }

  private static List<GeneratedSequence> sequences(Ingredient ingredient, boolean having) {
    SequenceGenerator generator =
        new SequenceGenerator(
            31,
            40,
            ModeChoice.FOUR_LEVEL,
            EnumSet.of(Feature.SEVERAL_VCPUS, Feature.PCID, Feature.FOREIGN_STORES),
            EnumSet.of(ingredient));
    List<GeneratedSequence> all = new ArrayList<>();
    for (int number = 0; number < SEQUENCES; number++) {
      GeneratedSequence one = generator.generated(number);
      if (one.ingredients().contains(ingredient) == having
          && having != one.ingredients().isEmpty()) {
        all.add(one);
      }
    }
    assertTrue(all.size() > SEQUENCES / 10, ingredient + ": " + all.size());
    return all;
  }

  /** In nearly all sequences that have the ingredient, and clearly more often than by chance. */
  private static void assertShows(Ingredient ingredient, double least, Predicate<Sequence> shape) {
    double with = share(shape, sequences(ingredient, true));
    double without = share(shape, sequences(ingredient, false));
    assertTrue(
        with >= least && with > without + 0.1,
        "%s: %.2f of those with it, %.2f of those without".formatted(ingredient, with, without));
  }

  @Test
  void aTableIsUsedByWayOfTwoEntriesOfDifferentRights() {
    assertShows(
        Ingredient.SHARED_TABLE,
        0.85,
        sequence -> {
          Set<List<Long>> used = new HashSet<>();
          return anyWalk(
              sequence,
              (vm, walk) -> {
                for (int depth = 0; depth + 1 < walk.size(); depth++) {
                  FollowedTables.Entry entry = walk.get(depth);
                  used.add(
                      List.of(
                          (long) vm,
                          (long) depth,
                          entry.frame(),
                          entry.address(),
                          entry.value() & RIGHTS));
                }
                return used.stream()
                    .anyMatch(one -> used.stream().anyMatch(other -> sharesWith(one, other)));
              });
        });
  }

  private static final long RIGHTS = 1L << 63 | 6;

  private static boolean sharesWith(List<Long> one, List<Long> other) {
    return one.subList(0, 3).equals(other.subList(0, 3))
        && !one.get(3).equals(other.get(3))
        && !one.get(4).equals(other.get(4));
  }

  @Test
  void aFrameIsUsedAtTwoLevelsOrAsTableAndPageOrByTwoSizes() {
    assertShows(
        Ingredient.FRAME_AT_TWO_LEVELS,
        0.85,
        sequence -> {
          Set<List<Long>> used = new HashSet<>();
          return anyWalk(
              sequence,
              (vm, walk) -> {
                for (FollowedTables.Entry entry : walk) {
                  used.add(List.of((long) vm, entry.address() >>> 12, (long) entry.depth()));
                }
                return false;
              },
              (vm, frame, large) -> {
                used.add(List.of((long) vm, frame, large ? 8L : 9L));
                return used.stream()
                    .anyMatch(one ->
                        used.stream()
                            .anyMatch(other ->
                                one.subList(0, 2).equals(other.subList(0, 2))
                                    && !one.get(2).equals(other.get(2))));
              });
        });
  }

  @Test
  void aPageIsUsedInTwoRoles() {
    assertShows(
        Ingredient.TABLE_UNDER_TWO_ROLES,
        0.9,
        sequence -> {
          List<Operation> all = sequence.operations();
          for (int first = 0; first < all.size(); first++) {
            for (int toggle = first + 1; toggle < all.size(); toggle++) {
              for (int second = toggle + 1; second < Math.min(all.size(), toggle + 5); second++) {
                if (isToggle(all.get(toggle))
                    && samePage(all.get(first), all.get(second))
                    && toggle - first < 6) {
                  return true;
                }
              }
            }
          }
          return false;
        });
  }

  private static boolean isToggle(Operation operation) {
    return operation instanceof GuestOperation.WriteControl
        && FollowedTables.root(operation).isEmpty();
  }

  private static boolean samePage(Operation one, Operation other) {
    return FollowedTables.page(one).isPresent()
        && FollowedTables.page(one).equals(FollowedTables.page(other))
        && ((GuestOperation) one).vcpu().equals(((GuestOperation) other).vcpu());
  }

  @Test
  void somethingHappensBetweenAnEditAndItsFlush() {
    assertShows(
        Ingredient.EVENT_BETWEEN_EDIT_AND_FLUSH,
        0.75,
        sequence -> {
          FollowedTables tables = new FollowedTables(sequence);
          List<Operation> all = sequence.operations();
          for (int i = 0; i < all.size(); i++) {
            if (FollowedTables.page(all.get(i)).isPresent() && editedLate(tables, all, i)) {
              return true;
            }
            tables.follow(all.get(i));
          }
          return false;
        });
  }

  /** The page used is edited, something uses a page, then it is flushed, and used again. */
  private static boolean editedLate(FollowedTables tables, List<Operation> all, int use) {
    GuestOperation first = (GuestOperation) all.get(use);
    long page = FollowedTables.page(first).getAsLong();
    Set<Long> entries = new HashSet<>();
    tables.walk(first.vcpu(), page).forEach(entry -> entries.add(entry.address()));
    int stage = 0;
    for (Operation operation : all.subList(use + 1, Math.min(all.size(), use + 10))) {
      boolean edits =
          FollowedTables.stored(operation).stream().anyMatch(entries::contains)
              && ((GuestOperation) operation).vcpu().vm() == first.vcpu().vm();
      stage =
          switch (stage) {
            case 0 -> edits ? 1 : 0;
            case 1 ->
                FollowedTables.page(operation).isPresent() || edits
                    ? 2
                    : isFlush(operation) ? 0 : 1;
            case 2 -> isFlush(operation) ? 3 : 2;
            default -> samePage(first, operation) ? 4 : 3;
          };
      if (stage == 4) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFlush(Operation operation) {
    return operation instanceof GuestOperation.InvalidatePage
        || FollowedTables.root(operation).isPresent();
  }

  @Test
  void tablesAreEditedWhileABitIsTheOtherWay() {
    assertShows(
        Ingredient.MODE_TOGGLE_AROUND_EDIT,
        0.9,
        sequence -> {
          List<Operation> all = sequence.operations();
          for (int off = 0; off < all.size(); off++) {
            for (int on = off + 2; on < Math.min(all.size(), off + 9); on++) {
              boolean edited =
                  all.subList(off, on).stream()
                      .anyMatch(one -> FollowedTables.stored(one).isPresent());
              if (edited
                  && isToggle(all.get(off))
                  && isToggle(all.get(on))
                  && sameRegister(all.get(off), all.get(on))) {
                return true;
              }
            }
          }
          return false;
        });
  }

  private static boolean sameRegister(Operation one, Operation other) {
    return one instanceof GuestOperation.WriteControl first
        && other instanceof GuestOperation.WriteControl second
        && first.vcpu().equals(second.vcpu())
        && first.register() == second.register()
        && first.value() != second.value();
  }

  @Test
  void anOldRootIsLoadedAgainAfterItsTablesWereEdited() {
    assertShows(
        Ingredient.RETURN_TO_OLD_ROOT,
        0.75,
        sequence -> {
          List<Operation> all = sequence.operations();
          for (int away = 0; away < all.size(); away++) {
            for (int back = away + 1; back < Math.min(all.size(), away + 9); back++) {
              boolean edited =
                  all.subList(away, back).stream()
                      .anyMatch(one -> FollowedTables.stored(one).isPresent());
              if (edited && otherRoot(all.get(away), all.get(back))) {
                return true;
              }
            }
          }
          return false;
        });
  }

  private static boolean otherRoot(Operation away, Operation back) {
    return FollowedTables.root(away).isPresent()
        && FollowedTables.root(back).isPresent()
        && (FollowedTables.root(away).get() ^ FollowedTables.root(back).get()) << 1 >>> 13 != 0
        && ((GuestOperation) away).vcpu().equals(((GuestOperation) back).vcpu());
  }

  private interface WalkTest {
    boolean test(int vm, List<FollowedTables.Entry> walk);
  }

  private interface FrameTest {
    boolean test(int vm, long frame, boolean large);
  }

  private static boolean anyWalk(Sequence sequence, WalkTest walks) {
    return anyWalk(sequence, walks, (vm, frame, large) -> false);
  }

  /** True if the walk of some access, or the frame it ends in, passes. */
  private static boolean anyWalk(Sequence sequence, WalkTest walks, FrameTest frames) {
    FollowedTables tables = new FollowedTables(sequence);
    for (Operation operation : sequence.operations()) {
      if (operation instanceof GuestOperation guest && FollowedTables.page(guest).isPresent()) {
        long page = FollowedTables.page(guest).getAsLong();
        int vm = guest.vcpu().vm();
        List<FollowedTables.Entry> walk = tables.walk(guest.vcpu(), page);
        long frame = FollowedTables.frame(walk, page);
        if (walks.test(vm, walk)
            || (frame >= 0 && frames.test(vm, frame, walk.getLast().isLarge()))) {
          return true;
        }
      }
      tables.follow(operation);
    }
    return false;
  }
}
