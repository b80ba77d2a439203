package io.vtlb.conformance.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.recording.RecordingReport.Score;
import io.vtlb.conformance.recording.RecordingReport.Treatment;
import io.vtlb.conformance.recording.RecordingReport.Verdict;
import io.vtlb.conformance.recording.RecordingReport.Walks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The model agrees with everything that the trimmed recordings say, and exactly that much is
 * checked.
 */
class TrimmedRecordingsTest {

  @TempDir private Path folder;

  private RecordingReport check(TrimmedRecording recording) throws Exception {
    return new RecordingChecker(20).check(recording.copyTo(folder), read -> {});
  }

  /** How often each check of {@link CheckKind} compares, in its order. */
  static List<Arguments> agrees() {
    return List.of(
        Arguments.of(
            TrimmedRecording.LINUX,
            List.of(19, 68, 2522, 630, 1892, 2423, 1649, 629, 1136, 443, 0)),
        Arguments.of(
            TrimmedRecording.PROBE,
            List.of(59, 208, 4242, 335, 3907, 1700, 1337, 330, 629, 35, 704)),
        Arguments.of(
            TrimmedRecording.LINUX_PAE,
            List.of(26, 85, 2448, 608, 1840, 1991, 1509, 608, 985, 228, 0)),
        Arguments.of(
            TrimmedRecording.LINUX_64,
            List.of(21, 83, 2455, 588, 1867, 2187, 1462, 588, 894, 491, 0)),
        Arguments.of(
            TrimmedRecording.PROBE_64,
            List.of(57, 209, 5738, 394, 5344, 1985, 1644, 390, 420, 257, 594)));
  }

  @ParameterizedTest
  @MethodSource
  void agrees(TrimmedRecording recording, List<Integer> counts) throws Exception {
    RecordingReport report = check(recording);
    Map<CheckKind, Score> expected = new EnumMap<>(CheckKind.class);
    Iterator<Integer> count = counts.iterator();
    for (CheckKind check : CheckKind.values()) {
      expected.put(check, new Score(count.next(), 0));
    }
    assertEquals(expected, report.checks());
    assertEquals(new Walks(expected.get(CheckKind.OUTCOME).agree(), 0, 0), report.walks());
    assertEquals(Verdict.AGREES, report.verdict());
  }

  @ParameterizedTest
  @EnumSource
  void everyLineIsAccountedForOnce(TrimmedRecording recording) throws Exception {
    RecordingReport report = check(recording);
    assertEquals(recording.lines().size(), report.records());
    long skipped = report.kinds().values().stream().mapToLong(Treatment::skipped).sum();
    assertEquals(skipped, report.skips().stream().mapToLong(RecordingReport.Skip::count).sum());
  }

  @ParameterizedTest
  @EnumSource
  void textReportIsTheGoldenOne(TrimmedRecording recording) throws Exception {
    assertEquals(recording.golden(), TextReport.of(check(recording)));
  }

  @ParameterizedTest
  @EnumSource
  void plainAndGzippedFilesGiveTheSameReport(TrimmedRecording recording) throws Exception {
    assertEquals(
        check(recording),
        TrimmedRecording.check(folder, recording.lines(), new RecordingChecker(20)));
  }

  @Test
  void walksWithoutPagingAreSkippedWithTheirReason() throws Exception {
    List<String> lines = new ArrayList<>();
    for (String line : TrimmedRecording.PROBE.lines()) {
      lines.add(
          line.startsWith("{\"e\":\"cr")
              ? "{\"e\":\"sync_roots\"}"
              : line.replaceAll("\"cr0\":\"0x8(\\w+)\"", "\"cr0\":\"0x$1\"")
                  .replace("\"levels\":2", "\"levels\":0"));
    }
    RecordingReport report = TrimmedRecording.check(folder, lines);
    assertEquals(new Walks(0, 0, 4242), report.walks());
    assertEquals(new Score(0, 0), report.checks().get(CheckKind.PROBE));
    assertEquals(
        4242,
        report.skips().stream()
            .filter(skip -> skip.kind().equals("walk"))
            .filter(skip -> skip.reason().equals("no paging: the guest has no structure to walk"))
            .mapToLong(RecordingReport.Skip::count)
            .sum());
  }

  @Test
  void unknownRecordsAreSkippedAndCounted() throws Exception {
    List<String> lines = new ArrayList<>(TrimmedRecording.PROBE.lines());
    lines.add("{\"e\":\"tea_time\",\"sugar\":{\"lumps\":[1,2.5,null,true]}}");
    RecordingReport report = TrimmedRecording.check(folder, lines);
    assertEquals(new Treatment(0, 0, 1), report.kinds().get("tea_time"));
    assertEquals(Verdict.AGREES, report.verdict());
  }

  @Test
  void nothingCheckedIsNoSuccess() throws Exception {
    List<String> lines = TrimmedRecording.PROBE.lines().subList(0, 20);
    assertEquals(Verdict.INCONCLUSIVE, TrimmedRecording.check(folder, lines).verdict());
  }

  @Test
  void walksBeforeAnyControlStateAreSkipped() throws Exception {
    List<String> lines =
        TrimmedRecording.LINUX.lines().stream()
            .filter(line -> !line.startsWith("{\"e\":\"mode\""))
            .toList();
    RecordingReport report = TrimmedRecording.check(folder, lines);
    assertEquals(new Walks(0, 0, 2522), report.walks());
    assertEquals(Verdict.INCONCLUSIVE, report.verdict());
  }
}
