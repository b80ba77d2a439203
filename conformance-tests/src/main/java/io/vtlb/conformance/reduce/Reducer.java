package io.vtlb.conformance.reduce;

import io.vtlb.model.operation.Operation;
import io.vtlb.model.trace.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reduces one failing sequence.
 *
 * <p>Deterministic: the same sequence and test give the same result.
 */
public final class Reducer {

  /** Reduction ends after this many runs, with what it has by then. */
  private static final int MOST_RUNS = 20_000;

  private final Predicate<Sequence> stillFails;
  private int runs;

  private Reducer(Predicate<Sequence> stillFails) {
    this.stillFails = stillFails;
  }

  /**
   * The smallest sequence found that still fails in the same way.
   *
   * @param failing a sequence for which {@code stillFails} holds
   */
  public static Sequence reduce(Sequence failing, Predicate<Sequence> stillFails) {
    return new Reducer(stillFails).run(failing);
  }

  private Sequence run(Sequence failing) {
    Sequence current = failing;
    while (true) {
      Sequence smaller = withFewerOperations(current);
      smaller = first(smaller, PlainerWorlds::of);
      smaller = first(smaller, SimplerOperations::of);
      smaller = first(smaller, Renamings::of);
      if (smaller.equals(current) || runs >= MOST_RUNS) {
        return smaller;
      }
      current = smaller;
    }
  }

  /** Delta debugging: removes runs of operations, long ones first, as long as anything can go. */
  private Sequence withFewerOperations(Sequence failing) {
    Sequence current = failing;
    int length = Math.max(1, current.operations().size() / 2);
    while (true) {
      Optional<Sequence> shorter = withoutRun(current, length);
      if (shorter.isPresent()) {
        current = shorter.get();
        length = Math.min(length, Math.max(1, current.operations().size()));
      } else if (length == 1) {
        return current;
      } else {
        length /= 2;
      }
    }
  }

  private Optional<Sequence> withoutRun(Sequence current, int length) {
    List<Operation> operations = current.operations();
    for (int from = operations.size() - length; from >= 0; from--) {
      List<Operation> rest = new ArrayList<>(operations.subList(0, from));
      rest.addAll(operations.subList(from + length, operations.size()));
      Sequence candidate = current.with(rest);
      if (fails(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** Takes the first simplification that still fails, and starts over, until none is left. */
  private Sequence first(Sequence start, Function<Sequence, Stream<Sequence>> simplifications) {
    Sequence current = start;
    while (true) {
      Optional<Sequence> simpler = simplifications.apply(current).filter(this::fails).findFirst();
      if (simpler.isEmpty()) {
        return current;
      }
      current = simpler.get();
    }
  }

  private boolean fails(Sequence candidate) {
    if (runs >= MOST_RUNS) {
      return false;
    }
    runs++;
    return stillFails.test(candidate);
  }
}
