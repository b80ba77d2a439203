package io.vtlb.conformance.target;

import io.vtlb.model.target.Target;
import java.lang.reflect.Modifier;
import java.util.function.Supplier;

/** A target that is given as something that makes it, not by a name. */
final class GivenTarget {

  private GivenTarget() {}

  /**
   * The name that a given target goes by: that of its class, with which {@code --target} finds it,
   * if that is possible.
   *
   * @throws UnusableTarget if nothing is made, or the same object twice
   */
  @SuppressWarnings("ReferenceEquality") // an equal target may well be a fresh one
  static String name(Supplier<? extends Target> maker) {
    Target one = made(maker);
    Class<? extends Target> type = one.getClass();
    if (one == made(maker)) {
      throw new UnusableTarget(
          "target %s: each sequence needs a fresh target, and this supplier returned one twice;"
                  .formatted(type.getName())
              + " give it as MyTlb::new");
    }
    return (isFoundByName(type) ? Targets.CLASS : Targets.OBJECT) + type.getName();
  }

  private static Target made(Supplier<? extends Target> maker) {
    Target target;
    try {
      target = maker.get();
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      throw new UnusableTarget("the target given cannot be made: its supplier failed with " + e);
    }
    if (target == null) {
      throw new UnusableTarget("the target given cannot be made: its supplier returned null");
    }
    return target;
  }

  private static boolean isFoundByName(Class<?> type) {
    try {
      return Modifier.isPublic(type.getModifiers())
          && Modifier.isPublic(type.getConstructor().getModifiers());
    } catch (NoSuchMethodException e) {
      return false;
    }
  }
}
