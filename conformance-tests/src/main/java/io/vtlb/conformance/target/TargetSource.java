package io.vtlb.conformance.target;

import io.vtlb.model.target.Description;
import io.vtlb.model.target.Target;
import java.util.function.Supplier;

/**
 * Makes targets, a fresh one for each sequence; safe for use by several threads.
 *
 * @param name the name as given on the command line
 * @param description what every target made here says about itself
 * @param maker makes one
 */
public record TargetSource(String name, Description description, Supplier<? extends Target> maker) {

  /** A fresh target. */
  public Target fresh() {
    return maker.get();
  }
}
