package io.vtlb.conformance.recording;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

/** How many walks of each recording tell a model with a wrong rule apart, as a golden file says. */
final class WrongRuleTable {

  /** A rule's name has this many columns. */
  private static final int NAME = 36;

  private final List<String> recordings;
  private final Map<String, List<Long>> rows;

  private WrongRuleTable(List<String> recordings, Map<String, List<Long>> rows) {
    this.recordings = recordings;
    this.rows = rows;
  }

  /** The table of a golden file, whose counts stand in the order of these recordings. */
  static WrongRuleTable read(String name, List<String> recordings) {
    Map<String, List<Long>> rows = new LinkedHashMap<>();
    for (String line : TrimmedRecording.text(name).lines().toList()) {
      List<Long> counts = new ArrayList<>();
      try (Scanner scanner = new Scanner(line.substring(NAME))) {
        while (scanner.hasNextLong()) {
          counts.add(scanner.nextLong());
        }
      }
      rows.put(line.substring(0, NAME).strip(), counts);
    }
    return new WrongRuleTable(recordings, rows);
  }

  long count(String rule, String recording) {
    return row(rule).get(recordings.indexOf(recording));
  }

  long total(String rule) {
    return row(rule).stream().mapToLong(Long::longValue).sum();
  }

  int size() {
    return rows.size();
  }

  private List<Long> row(String rule) {
    List<Long> row = rows.get(rule);
    if (row == null) {
      throw new AssertionError("no row for the rule \"" + rule + "\"");
    }
    return row;
  }
}
