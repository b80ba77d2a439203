package io.vtlb.model.target;

import io.vtlb.model.machine.Paging;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a target says about itself before anything runs.
 *
 * @param name a short name for reports
 * @param version its version, for reports; may be empty
 * @param level how much it shows
 * @param modes the paging modes that it serves, at least one; no other ever occurs
 * @param features what it declares
 */
public record Description(
    String name, String version, ObservationLevel level, Set<Paging> modes, Set<Feature> features) {

  public Description {
    if (modes.isEmpty()) {
      throw new IllegalArgumentException("target " + name + " serves no paging mode");
    }
    modes = ordered(Paging.class, modes);
    features = ordered(Feature.class, features);
  }

  /** A target that serves every paging mode and does not say its version. */
  public Description(String name, ObservationLevel level, Set<Feature> features) {
    this(name, "", level, EnumSet.allOf(Paging.class), features);
  }

  /** Lists always come in the order of the enumeration. */
  private static <E extends Enum<E>> Set<E> ordered(Class<E> type, Collection<E> some) {
    EnumSet<E> copy = EnumSet.noneOf(type);
    copy.addAll(some);
    return Collections.unmodifiableSet(copy);
  }

  /** The same target under another name. */
  public Description named(String other) {
    return new Description(other, version, level, modes, features);
  }

  public boolean has(Feature feature) {
    return features.contains(feature);
  }

  public boolean serves(Paging mode) {
    return modes.contains(mode);
  }

  /**
   * True if the target promises to change nothing that an event does not concern: no prefetch,
   * sharing or recycling.
   */
  public boolean strict() {
    return !has(Feature.PREFETCH) && !has(Feature.SHARING) && !has(Feature.RECYCLING);
  }
}
