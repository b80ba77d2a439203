package io.vtlb.conformance.verify;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.ObservationLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a target declared, and what that decided in a run.
 *
 * @param target what it said about itself
 * @param notGenerated what was not asked of it, by the names of features and modes
 * @param promises what it was judged by because it does not declare it, by the names of features
 * @param onTrust what it declared and no observation could show to be false
 */
public record DeclaredProfile(
    Description target, List<String> notGenerated, List<String> promises, List<String> onTrust) {

  private static final List<Feature> STRICT =
      List.of(Feature.PREFETCH, Feature.SHARING, Feature.RECYCLING);

  public DeclaredProfile {
    notGenerated = List.copyOf(notGenerated);
    promises = List.copyOf(promises);
    onTrust = List.copyOf(onTrust);
  }

  /** The profile of a run. */
  public static DeclaredProfile of(VerificationPlan plan) {
    Description target = plan.target().description();
    return new DeclaredProfile(target, notGenerated(target), promises(target), onTrust(target));
  }

  private static List<String> notGenerated(Description target) {
    List<String> left = new ArrayList<>();
    Stream.of(Feature.values())
        .filter(feature -> isGenerated(feature) && !target.has(feature))
        .forEach(feature -> left.add(feature.word()));
    Stream.of(Paging.values())
        .filter(mode -> !target.serves(mode))
        .forEach(mode -> left.add("mode " + mode.word()));
    if (!ModeChoice.MIXED.of(target).changes()) {
      left.add("changes of mode");
    }
    return left;
  }

  /** True if something is only generated for targets that declare a feature. */
  private static boolean isGenerated(Feature feature) {
    return switch (feature) {
      case SEVERAL_VCPUS, PCID, FOREIGN_STORES, HOST_OPERATIONS, INTERLEAVING -> true;
      case INTERCEPTS_PRIVILEGE_CHANGES -> true;
      case EVENTS_FLUSH_PROCESSOR, PREFETCH, SHARING, RECYCLING -> false;
      case WRITE_TRACKING, SPURIOUS_FAULTS -> false;
    };
  }

  private static List<String> promises(Description target) {
    List<Feature> promises = new ArrayList<>();
    if (showsEntries(target)) {
      if (!target.has(Feature.EVENTS_FLUSH_PROCESSOR)) {
        promises.add(Feature.EVENTS_FLUSH_PROCESSOR);
      }
      if (target.strict()) {
        promises.addAll(STRICT);
      }
    }
    if (!target.has(Feature.SPURIOUS_FAULTS)) {
      promises.add(Feature.SPURIOUS_FAULTS);
    }
    return promises.stream().map(Feature::word).toList();
  }

  private static List<String> onTrust(Description target) {
    return target.features().stream()
        .filter(feature -> !canBeShownFalse(feature, target))
        .map(Feature::word)
        .toList();
  }

  /**
   * True if a run can show that a target does not do what it declares: it refuses, it breaks the
   * rules where it is asked for it, or it is seen to do otherwise.
   */
  private static boolean canBeShownFalse(Feature feature, Description target) {
    return switch (feature) {
      case SEVERAL_VCPUS, PCID, FOREIGN_STORES -> true;
      case HOST_OPERATIONS, INTERLEAVING, INTERCEPTS_PRIVILEGE_CHANGES, WRITE_TRACKING ->
          showsEntries(target);
      case EVENTS_FLUSH_PROCESSOR, PREFETCH, SHARING, RECYCLING, SPURIOUS_FAULTS -> false;
    };
  }

  private static boolean showsEntries(Description target) {
    return target.level().shows(ObservationLevel.ACTIVE_STRUCTURE);
  }

  /** The modes and features, as one name for the profile. */
  public String words() {
    String modes = target.modes().stream().map(Paging::word).collect(Collectors.joining(" "));
    String features =
        target.features().stream().map(Feature::word).collect(Collectors.joining(" "));
    return features.isEmpty() ? modes : modes + "; " + features;
  }
}
