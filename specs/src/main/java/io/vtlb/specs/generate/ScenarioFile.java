package io.vtlb.specs.generate;

import io.vtlb.model.event.EventCause;
import io.vtlb.specs.cell.Cell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scenarios of a small world as JSON Lines, compressed: a line about the search, then one for
 * each scenario.
 *
 * @param search what was looked for, and in what
 * @param scenarios what was found: into cells by ascending length, then against mistakes
 */
public record ScenarioFile(SearchRecord search, List<Scenario> scenarios) {

  public ScenarioFile {
    scenarios = List.copyOf(scenarios);
  }

  /** Writes the file. */
  public void write(OutputStream out) throws IOException {
    try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
      for (String line : lines()) {
        zipped.write(line.getBytes(StandardCharsets.UTF_8));
        zipped.write('\n');
      }
    }
  }

  /** The file's lines before compression. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(search.json().toString());
    scenarios.forEach(scenario -> lines.add(json(scenario).toString()));
    return lines;
  }

  /** Reads what {@link #write} wrote. */
  public static ScenarioFile read(InputStream in) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
      SearchRecord search = SearchRecord.of(JsonMapper.shared().readTree(lines.readLine()));
      List<Scenario> scenarios = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        scenarios.add(scenario(search.world(), JsonMapper.shared().readTree(line)));
      }
      return new ScenarioFile(search, scenarios);
    }
  }

  /** The cells that scenarios lead into. */
  public Set<Cell> cells() {
    Set<Cell> cells = new HashSet<>();
    for (Scenario scenario : scenarios) {
      if (scenario.goal() instanceof Goal.Into(Cell cell)) {
        cells.add(cell);
      }
    }
    return cells;
  }

  private static ObjectNode json(Scenario scenario) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (scenario.goal()) {
      case Goal.Into(Cell cell) -> json.put("cell", cell.word());
      case Goal.Against(String twin) -> json.put("twin", twin);
    }
    Start start = scenario.start();
    ArrayNode entries = json.putArray("entries");
    for (long entry :
        new long[] {start.first(), start.second(), start.directory(), start.upper()}) {
      entries.add(hex(entry));
    }
    ArrayNode registers = json.putArray("registers");
    for (long register : new long[] {start.cr0(), start.cr4(), start.efer()}) {
      registers.add(hex(register));
    }
    json.put("cpl", start.cpl());
    json.put("ac", start.alignmentCheck());
    ArrayNode steps = json.putArray("steps");
    scenario.steps().forEach(step -> steps.add(json(step)));
    return json;
  }

  private static ArrayNode json(Prediction step) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    json.add(step.operation().words());
    json.add(step.cause().map(cause -> cause.name().toLowerCase(Locale.ROOT)).orElse(""));
    json.add(step.seen().words());
    step.active().forEach(json::add);
    return json;
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  private static Scenario scenario(String world, JsonNode json) {
    JsonNode entries = json.get("entries");
    JsonNode registers = json.get("registers");
    Start start =
        new Start(
            number(entries.get(0)),
            number(entries.get(1)),
            number(entries.get(2)),
            number(entries.get(3)),
            number(registers.get(0)),
            number(registers.get(1)),
            number(registers.get(2)),
            json.get("cpl").asInt(),
            json.get("ac").asBoolean());
    List<Prediction> steps = new ArrayList<>();
    for (JsonNode step : json.get("steps")) {
      steps.add(prediction(step));
    }
    JsonNode cell = json.get("cell");
    Goal goal =
        cell == null
            ? new Goal.Against(json.get("twin").asString())
            : new Goal.Into(Cell.of(cell.asString()));
    return new Scenario(world, goal, start, steps);
  }

  private static Prediction prediction(JsonNode step) {
    String cause = step.get(1).asString();
    List<String> active = new ArrayList<>();
    for (int at = 3; at < step.size(); at++) {
      active.add(step.get(at).asString());
    }
    return new Prediction(
        SmallOperation.of(step.get(0).asString()),
        cause.isEmpty()
            ? Optional.empty()
            : Optional.of(EventCause.valueOf(cause.toUpperCase(Locale.ROOT))),
        Seen.of(step.get(2).asString()),
        active);
  }

  private static long number(JsonNode hex) {
    return Long.parseUnsignedLong(hex.asString().substring(2), 16);
  }
}
