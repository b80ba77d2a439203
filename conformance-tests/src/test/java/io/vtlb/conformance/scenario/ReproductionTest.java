package io.vtlb.conformance.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.specs.generate.Scenario;
import io.vtlb.specs.generate.ScenarioFile;
import io.vtlb.specs.generate.ShippedScenarios;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference VMM does what the specification predicts, and the monitor finds nothing. */
class ReproductionTest {

  static List<ScenarioFile> files() {
    return ShippedScenarios.files();
  }

  @ParameterizedTest
  @MethodSource("files")
  void eachPredictionComesTrue(ScenarioFile file) {
    List<String> differences = new ArrayList<>();
    for (Scenario scenario : file.scenarios()) {
      Reproduction.differenceOf(scenario)
          .ifPresent(difference ->
              differences.add(scenario.goal().words() + ", " + difference + ": " + scenario));
    }
    assertTrue(file.scenarios().size() > 1000);
    assertEquals(List.of(), differences.stream().limit(3).toList());
  }
}
