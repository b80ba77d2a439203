package io.vtlb.conformance.report;

import io.vtlb.specs.generate.GoalPattern;
import io.vtlb.specs.generate.Scenario;
import io.vtlb.specs.generate.ScenarioFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code generate} found; its keys are public.
 *
 * @param files the set of each world
 * @param goals what was asked for; everything if there are none
 * @param millis how long it took
 */
public record GenerationReport(List<ScenarioFile> files, List<GoalPattern> goals, long millis) {

  public GenerationReport {
    files = List.copyOf(files);
    goals = List.copyOf(goals);
  }

  /** True if a sequence leads into some cell of each goal, in some world. */
  public boolean everyGoalHasOne() {
    return goals.stream().allMatch(goal -> sequencesInto(goal) > 0);
  }

  private long sequencesInto(GoalPattern goal) {
    return files.stream().flatMap(file -> file.cells().stream()).filter(goal::matches).count();
  }

  /**
   * The report as text.
   *
   * @param folder where the files are
   */
  public String text(Path folder) {
    StringBuilder text = new StringBuilder();
    for (ScenarioFile file : files) {
      text.append(
          "%s: %d sequences, by length %s; to no further cell%s with at most %d operations%n"
              .formatted(
                  file.search().world(),
                  file.scenarios().size(),
                  byLength(file),
                  goals.isEmpty() ? "" : " asked for",
                  file.search().bound()));
    }
    for (GoalPattern goal : goals) {
      long found = sequencesInto(goal);
      text.append(
          "%s: %s%n"
              .formatted(
                  goal.word(),
                  found == 0 ? "no sequence of at most %d operations".formatted(bound()) : found));
    }
    boolean none = files.stream().allMatch(file -> file.scenarios().isEmpty());
    return text.append(
            none
                ? "nothing to write, after %d s%n".formatted(millis / 1000)
                : "written to %s in %d s; see one with './vtlb replay %s/WORLD/NAME.jsonl'%n"
                    .formatted(folder, millis / 1000, folder))
        .toString();
  }

  private int bound() {
    return files.stream().mapToInt(file -> file.search().bound()).max().orElse(0);
  }

  /** The report as JSON. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode worlds = json.putArray("worlds");
    for (ScenarioFile file : files) {
      ObjectNode world = worlds.addObject();
      world.put("world", file.search().world());
      world.put("specification", file.search().specification());
      world.put("bound", file.search().bound());
      world.put("sequences", file.scenarios().size());
      ObjectNode lengths = world.putObject("byLength");
      byLength(file).forEach((length, count) -> lengths.put(String.valueOf(length), count));
    }
    ArrayNode asked = json.putArray("goals");
    for (GoalPattern goal : goals) {
      asked.addObject().put("goal", goal.word()).put("sequences", sequencesInto(goal));
    }
    json.putObject("timings").put("millis", millis);
    return json;
  }

  private static Map<Integer, Integer> byLength(ScenarioFile file) {
    Map<Integer, Integer> lengths = new TreeMap<>();
    for (Scenario scenario : file.scenarios()) {
      lengths.merge(scenario.steps().size(), 1, Integer::sum);
    }
    return lengths;
  }
}
