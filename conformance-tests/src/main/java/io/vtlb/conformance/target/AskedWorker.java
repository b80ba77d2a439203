package io.vtlb.conformance.target;

import io.vtlb.conformance.run.Harness;
import java.lang.ref.Cleaner;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The worker that was asked what its target is. A child process takes its time to start, so this
 * one serves the first thread; if there never is one, it ends when nobody can ask for it any more.
 */
final class AskedWorker {

  private static final Cleaner FORGOTTEN = Cleaner.create();

  private final AtomicReference<@Nullable Harness> spare;

  AskedWorker(Harness asked) {
    AtomicReference<@Nullable Harness> mine = new AtomicReference<>(asked);
    spare = mine;
    FORGOTTEN.register(this, () -> end(mine));
  }

  private static void end(AtomicReference<@Nullable Harness> spare) {
    Harness unused = spare.getAndSet(null);
    if (unused != null) {
      unused.close();
    }
  }

  /** The worker, for the first who asks, who closes it. */
  Optional<Harness> take() {
    return Optional.ofNullable(spare.getAndSet(null));
  }
}
