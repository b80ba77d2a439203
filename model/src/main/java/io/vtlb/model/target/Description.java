package io.vtlb.model.target;

import java.util.Set;

/**
 * What a target says about itself before anything runs.
 *
 * @param name a short name for reports
 * @param level how much it shows
 * @param features what it declares
 */
public record Description(String name, ObservationLevel level, Set<Feature> features) {

  public Description {
    features = Set.copyOf(features);
  }

  public boolean has(Feature feature) {
    return features.contains(feature);
  }

  /**
   * True if the target promises to change nothing that an event does not concern: no prefetch,
   * sharing or recycling.
   */
  public boolean strict() {
    return !has(Feature.PREFETCH) && !has(Feature.SHARING) && !has(Feature.RECYCLING);
  }
}
