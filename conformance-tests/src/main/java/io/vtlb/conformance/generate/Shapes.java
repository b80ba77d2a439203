package io.vtlb.conformance.generate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shapes that a machine's sequence is made with, and the one that it is in the middle of. */
final class Shapes {

  private final Guest guest;
  private final List<Ingredient> drawn;
  private final Deque<Step> steps = new ArrayDeque<>(0);
  private @Nullable Ingredient current;

  Shapes(Guest guest, Set<Ingredient> drawn) {
    this.guest = guest;
    Set<Ingredient> stepwise = EnumSet.noneOf(Ingredient.class);
    stepwise.addAll(drawn);
    stepwise.remove(Ingredient.READ_ONLY_MEMORY);
    this.drawn = stepwise.isEmpty() ? Collections.emptyList() : new ArrayList<>(stepwise);
  }

  /** True if there are any. */
  boolean any() {
    return !drawn.isEmpty();
  }

  boolean inTheMiddle() {
    return !steps.isEmpty();
  }

  /** Begins a shape, if the one chosen is possible now; its first step must be taken at once. */
  boolean begin() {
    Ingredient chosen = guest.pick(drawn);
    steps.addAll(steps(chosen));
    current = steps.isEmpty() ? null : chosen;
    return inTheMiddle();
  }

  Step next() {
    return steps.remove();
  }

  /** The shape whose last step was just taken, if it was one. */
  Optional<Ingredient> finished() {
    if (!steps.isEmpty() || current == null) {
      return Optional.empty();
    }
    Ingredient whole = current;
    current = null;
    return Optional.of(whole);
  }

  private List<Step> steps(Ingredient ingredient) {
    return switch (ingredient) {
      case SHARED_TABLE -> new SharedTable(guest).steps();
      case FRAME_AT_TWO_LEVELS -> new TwoLevels(guest).steps();
      case TABLE_UNDER_TWO_ROLES -> new TwoRoles(guest).steps();
      case EVENT_BETWEEN_EDIT_AND_FLUSH -> new LateFlush(guest).steps();
      case MODE_TOGGLE_AROUND_EDIT -> new ToggleAroundEdit(guest).steps();
      case RETURN_TO_OLD_ROOT -> new OldRoot(guest).steps();
      case HOST_EDIT -> List.of(() -> List.of(new HostEdits(guest).any()));
      case HOST_EDIT_UNDER_CACHED_ENTRIES -> new EditUnderCachedEntries(guest).steps();
      case DIRTY_LOG -> new DirtyLog(guest).steps();
      case MACHINE_CREATED_AGAIN -> new CreatedAgain(guest).steps();
      case SCHEDULE_POINT -> new SchedulePoints(guest).steps();
      case READ_ONLY_MEMORY -> List.of();
    };
  }
}
