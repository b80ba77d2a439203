package io.vtlb.conformance.verify;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.Description;
import io.vtlb.specs.generate.Embedding;
import io.vtlb.specs.generate.Scenario;
import io.vtlb.specs.generate.ScenarioFile;
import io.vtlb.specs.generate.ShippedScenarios;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the sequences of a run come from. */
public enum Strategy {
  /** Drawn at random, from a seed. */
  RANDOM,
  /** The generated set: a shortest sequence into each cell that the specification can reach. */
  SMT,
  /** The generated set, then random ones. */
  ALL;

  /** The word that selects it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The strategy that a word selects, if there is one. */
  public static Optional<Strategy> ofWord(String word) {
    return Stream.of(values()).filter(strategy -> strategy.word().equals(word)).findFirst();
  }

  /** True if sequences are drawn at random. */
  public boolean draws() {
    return this != SMT;
  }

  /** The generated sequences that a target can be asked, in modes that are asked for. */
  public List<Scenario> scenarios(Description target, ModeChoice modes) {
    if (this == RANDOM) {
      return List.of();
    }
    return ShippedScenarios.files().stream()
        .filter(file ->
            modes.of(target).starts().stream().map(PagingMode::name).anyMatch(modeOf(file)::equals))
        .flatMap(file -> file.scenarios().stream())
        .filter(scenario -> Needs.fit(Embedding.of(scenario), target))
        .toList();
  }

  private static String modeOf(ScenarioFile file) {
    return Embedding.modeOf(file.search().world());
  }
}
