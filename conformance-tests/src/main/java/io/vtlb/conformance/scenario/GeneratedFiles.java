package io.vtlb.conformance.scenario;

import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.trace.TraceWriter;
import io.vtlb.conformance.trace.WholeFile;
import io.vtlb.conformance.verify.Recording;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.specs.cell.Cell;
import io.vtlb.specs.generate.Embedding;
import io.vtlb.specs.generate.Goal;
import io.vtlb.specs.generate.Scenario;
import io.vtlb.specs.generate.ScenarioFile;
import io.vtlb.specs.generate.ShippedScenarios;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what was generated: the set with its predictions, and a trace of each sequence. */
public final class GeneratedFiles {

  private GeneratedFiles() {}

  private static String name(Goal goal) {
    return switch (goal) {
      case Goal.Into(Cell cell) -> cell.word().replace('/', '.');
      case Goal.Against(String twin) -> "against-" + twin;
    };
  }

  /**
   * Writes one small world's sequences into a folder.
   *
   * @param complete true if every cell was looked for, so that the file is the world's set
   * @param traces true to write a trace of each sequence too, as the reference VMM answers it, into
   *     a folder named after the world
   */
  public static void write(ScenarioFile file, Path folder, boolean complete, boolean traces)
      throws IOException {
    if (complete) {
      writeSet(file, folder);
    }
    if (traces) {
      writeTraces(file.scenarios(), Files.createDirectories(folder.resolve(file.search().world())));
    }
  }

  private static void writeSet(ScenarioFile file, Path folder) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    file.write(packed);
    WholeFile.write(
        folder.resolve(ShippedScenarios.fileName(file.search().world())), packed.toByteArray());
  }

  private static void writeTraces(List<Scenario> scenarios, Path folder) throws IOException {
    TargetSource reference = Targets.named("reference", List.of());
    for (Scenario scenario : scenarios) {
      TraceWriter.write(
          Recording.of(Embedding.of(scenario), reference, VerificationPlan.everyRule()).trace(),
          folder.resolve(name(scenario.goal()) + ".jsonl"));
    }
  }
}
