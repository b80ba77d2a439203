package io.vtlb.conformance.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.recording.RecordingReport.Verdict;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The data notices a wrong model: each wrong rule makes trimmed recordings disagree. */
class WrongModelTest {

  private static final WrongRuleTable TABLE =
      WrongRuleTable.read(
          "wrong-rules.txt",
          Arrays.stream(TrimmedRecording.values()).map(TrimmedRecording::file).toList());

  private static final Map<TrimmedRecording, ReadRecording> RECORDINGS =
      new EnumMap<>(TrimmedRecording.class);

  @TempDir private Path folder;

  @BeforeAll
  static void read(@TempDir Path folder) throws Exception {
    for (TrimmedRecording recording : TrimmedRecording.values()) {
      RECORDINGS.put(recording, ReadRecording.of(recording.copyTo(folder)));
    }
  }

  static List<WrongRule> rules() {
    return WrongRule.all();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void isNoticedByAsManyWalksAsTheTableSays(WrongRule rule) {
    RECORDINGS.forEach((recording, read) -> {
      RecordingReport report = read.check(rule.model());
      assertEquals(
          TABLE.count(rule.name(), recording.file()), report.walks().disagree(), recording.file());
      assertEquals(
          report.walks().disagree() == 0 ? Verdict.AGREES : Verdict.DISAGREES, report.verdict());
    });
  }

  /** What no guest recorded exercises is told by records that are written by hand. */
  @Test
  void everyRuleButTheseIsNoticedSomewhere() {
    Set<String> unnoticed = new TreeSet<>();
    for (WrongRule rule : WrongRule.all()) {
      if (TABLE.total(rule.name()) == 0) {
        unnoticed.add(rule.name());
      }
    }
    assertEquals(Set.of("PAE bits 62:52 ignored", "no PSE-36"), unnoticed);
    assertEquals(WrongRule.all().size(), TABLE.size());
  }

  private static WrongRule rule(String name) {
    return WrongRule.all().stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void toldApart(String name, List<String> lines) throws Exception {
    assertEquals(Verdict.AGREES, TrimmedRecording.check(folder, lines).verdict());
    RecordingReport wrong =
        TrimmedRecording.check(folder, lines, new RecordingChecker(rule(name).model(), 5));
    assertEquals(1, wrong.walks().disagree());
  }

  @Test
  void pse36IsNoticedWhereItMatters() throws Exception {
    toldApart(
        "no PSE-36",
        List.of(
            HandWritten.header(),
            "{\"e\":\"mode\",\"cr0\":\"0x80010011\",\"cr4\":\"0x10\",\"efer\":\"0x0\",\"levels\":2,"
                + "\"wp\":1,\"nx\":0,\"pse\":1,\"smap\":0,\"smep\":0}",
            "{\"e\":\"walk\",\"addr\":\"0x1234\",\"pferr\":\"0x0\",\"cr3\":\"0x1000\",\"cpl\":0,"
                + "\"el\":[[\"0x8020a3\",2]],\"ok\":1}",
            "{\"e\":\"spte_req\",\"gfn\":\"0x100801\",\"lv\":1}"));
  }

  @Test
  void theBitsAboveAddressesOfPaeAreNoticedWhereTheyMatter() throws Exception {
    toldApart(
        "PAE bits 62:52 ignored",
        List.of(
            HandWritten.header(),
            HandWritten.PAE_MODE,
            HandWritten.walk(
                "0x40001234",
                "0x0",
                "[\"0x2001\",3],[\"0x3023\",2],[\"0x10000000004063\",1]",
                "\"ok\":0,\"err\":\"0x9\""),
            "{\"e\":\"inject_pf\",\"vector\":14,\"err\":\"0x9\",\"addr\":\"0x40001234\"}"));
  }
}
