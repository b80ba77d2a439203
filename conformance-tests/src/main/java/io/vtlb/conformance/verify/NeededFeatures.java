package io.vtlb.conformance.verify;

import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.trace.Sequence;
import java.util.EnumSet;
import java.util.Set;

/** The features without which a target is not asked to be right on a sequence. */
public final class NeededFeatures {

  private NeededFeatures() {}

  /**
   * Those of them that a target does not declare. A whole machine needs none: it has neither a host
   * nor reads that could be counted, so that part of a sequence does not happen.
   */
  public static Set<Feature> missing(Sequence sequence, Description target) {
    Set<Feature> missing = EnumSet.noneOf(Feature.class);
    if (target.level().shows(ObservationLevel.ACTIVE_STRUCTURE)) {
      sequence.operations().forEach(operation -> add(operation, missing));
      missing.removeAll(target.features());
    }
    return missing;
  }

  private static void add(Operation operation, Set<Feature> needed) {
    switch (operation) {
      case AtRead point -> {
        needed.add(Feature.INTERLEAVING);
        add(point.operation(), needed);
      }
      case HostOperation change -> needed.add(Feature.HOST_OPERATIONS);
      case GuestOperation.ForeignStore store -> needed.add(Feature.FOREIGN_STORES);
      case GuestOperation other -> {}
    }
  }
}
