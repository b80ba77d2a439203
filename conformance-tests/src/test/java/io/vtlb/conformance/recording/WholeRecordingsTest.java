package io.vtlb.conformance.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.recording.RecordingReport.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole recordings, where there are any: {@code VTLB_RECORDINGS} names their folder. The counts
 * of wrong rules are those of docs/recordings.md.
 */
@EnabledIfEnvironmentVariable(named = "VTLB_RECORDINGS", matches = ".+")
class WholeRecordingsTest {

  private static final List<String> FILES =
      List.of("trace", "trace-pae", "trace-2level", "trace-probe4", "trace-probe2");

  private static final WrongRuleTable TABLE = WrongRuleTable.read("wrong-rules-whole.txt", FILES);

  static List<String> files() {
    return FILES;
  }

  static List<WrongRule> rules() {
    return WrongRule.all();
  }

  private static Path file(String name) {
    return Path.of(System.getenv("VTLB_RECORDINGS"), name + ".jsonl.gz");
  }

  @ParameterizedTest
  @MethodSource("files")
  void agrees(String name) throws Exception {
    RecordingReport report = new RecordingChecker(20).check(file(name), read -> {});
    assertEquals(List.of(), report.disagreements());
    assertEquals(0, report.walks().skipped());
    assertEquals(Verdict.AGREES, report.verdict());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void wrongRulesAreNoticed(WrongRule rule) throws Exception {
    for (String name : FILES) {
      assertEquals(
          TABLE.count(rule.name(), name),
          new RecordingChecker(rule.model(), 0).check(file(name), read -> {}).walks().disagree(),
          name);
    }
  }
}
