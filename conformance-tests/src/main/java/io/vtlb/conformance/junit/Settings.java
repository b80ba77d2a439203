package io.vtlb.conformance.junit;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.target.Description;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The options of {@link Conformance}.
 *
 * @param jobs threads
 * @param traces the folder that traces are written below
 */
record Settings(Generation generation, Demands demands, int jobs, Path traces) {

  static final Settings USUAL =
      new Settings(
          Generation.USUAL,
          Demands.USUAL,
          Runtime.getRuntime().availableProcessors(),
          buildFolder().resolve("vtlb"));

  private static Path buildFolder() {
    Path gradles = Path.of("build");
    Path mavens = Path.of("target");
    return Files.isDirectory(gradles) && !Files.isDirectory(mavens) ? gradles : mavens;
  }

  Settings generation(Generation other) {
    return new Settings(other, demands, jobs, traces);
  }

  Settings demands(Demands other) {
    return new Settings(generation, other, jobs, traces);
  }

  Settings jobs(int other) {
    return new Settings(generation, demands, other, traces);
  }

  Settings traces(Path other) {
    return new Settings(generation, demands, jobs, other);
  }

  /** What a target says about itself that does not go with these options, in words. */
  Optional<String> misfit(Description target) {
    ModeChoice mode = generation.mode();
    if (mode.fits(target)) {
      return demands.misfit(target);
    }
    String served = target.modes().stream().map(Paging::word).collect(Collectors.joining(", "));
    return Optional.of(
        "serves %s; give another mode than %s, or mixed for all of them"
            .formatted(served, mode.word()));
  }

  VerificationPlan plan(TargetSource target) {
    VerificationPlan plan =
        new VerificationPlan(
            target,
            generation.strategy().scenarios(target.description(), generation.mode()),
            generation.seed(),
            generation.drawn(),
            Optional.empty(),
            generation.length(),
            generation.mode(),
            generation.ingredients(),
            demands.judged(),
            jobs,
            VerificationPlan.USUAL_FAILURES);
    return plan.expecting(demands.known().expected());
  }
}
