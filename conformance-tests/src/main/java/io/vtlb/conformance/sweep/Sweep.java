package io.vtlb.conformance.sweep;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * The sweep of one mode: its combinations in order, in pieces that threads share.
 *
 * <p>Pieces are counted in the order of their numbers, whoever is done first, so that a tally
 * always stands for all combinations up to one and does not depend on the number of threads.
 */
public final class Sweep {

  /** Combinations of a piece: a fraction of a second. */
  private static final long PIECE = 1L << 21;

  private final SweptMode mode;
  private final Subject.Source subjects;

  public Sweep(SweptMode mode, Subject.Source subjects) {
    this.mode = mode;
    this.subjects = subjects;
  }

  /**
   * Compares everything that has not been compared yet.
   *
   * @param done what has been
   * @param jobs how many threads
   * @param progress is told, in order, how far it has come
   */
  public Tally from(Tally done, int jobs, Consumer<Tally> progress) {
    ExecutorService threads = Executors.newFixedThreadPool(jobs, Sweep::daemon);
    try {
      Deque<Future<Tally>> running = new ArrayDeque<>();
      Tally tally = done;
      long next = done.compared();
      while (tally.compared() < mode.combinations()) {
        while (next < mode.combinations() && running.size() < 2 * jobs) {
          long start = next;
          next = Math.min(mode.combinations(), start + PIECE);
          long end = next;
          running.add(threads.submit(() -> range(start, end)));
        }
        tally = tally.plus(running.remove().get());
        progress.accept(tally);
      }
      return tally;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the sweep was interrupted", interrupted);
    } catch (ExecutionException failure) {
      throw new IllegalStateException("the sweep failed", failure.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Compares the combinations from one number up to another. */
  Tally range(long from, long to) {
    Tally tally = Tally.NONE;
    long number = from;
    while (number < to) {
      int index = mode.index(number);
      Space space = mode.spaces().get(index);
      long first = mode.first(index);
      long end = Math.min(to, first + space.combinations());
      Tally.Counter counter = new Tally.Counter(first);
      new SpaceSweep(space, subjects.of(space.profile()))
          .compare(number - first, end - first, counter);
      tally = tally.plus(counter.tally(end - number));
      number = end;
    }
    return tally;
  }

  /** Compares every so many-th combination only. */
  Tally every(long step) {
    Tally tally = Tally.NONE;
    for (int index = 0; index < mode.spaces().size(); index++) {
      Space space = mode.spaces().get(index);
      long first = mode.first(index);
      SpaceSweep sweep = new SpaceSweep(space, subjects.of(space.profile()));
      Tally.Counter counter = new Tally.Counter(first);
      long compared = 0;
      for (long number = (step - first % step) % step;
          number < space.combinations();
          number += step) {
        sweep.compare(number, number + 1, counter);
        compared++;
      }
      tally = tally.plus(counter.tally(compared));
    }
    return tally;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "sweep");
    thread.setDaemon(true);
    return thread;
  }
}
