package io.vtlb.conformance.run;

import io.vtlb.model.target.Description;
import io.vtlb.model.target.Target;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A target that can be set up as often as needed; safe for use by several threads.
 *
 * @param name the name as given on the command line
 * @param description what it says about itself
 * @param harnesses sets it up once more, for one thread
 * @param limits what it may use, if it runs in a process of its own
 */
public record TargetSource(
    String name,
    Description description,
    Supplier<? extends Harness> harnesses,
    Optional<Limits> limits) {

  /** A target without limits. */
  public TargetSource(String name, Description description, Supplier<? extends Harness> harnesses) {
    this(name, description, harnesses, Optional.empty());
  }

  /** A target inside this process, a fresh one for each sequence. */
  public static TargetSource inProcess(
      String name, Description description, Supplier<? extends Target> maker) {
    return new TargetSource(name, description, () -> new FreshTargets(maker));
  }

  /** A harness of its own for one thread, which closes it. */
  public Harness open() {
    return harnesses.get();
  }
}
