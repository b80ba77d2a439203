package io.vtlb.conformance.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.recording.RecordingReport.Score;
import io.vtlb.conformance.recording.RecordingReport.Treatment;
import io.vtlb.conformance.recording.RecordingReport.Verdict;
import io.vtlb.conformance.recording.RecordingReport.Walks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The model agrees with everything that the trimmed recordings say, and exactly that much is
 * checked.
 */
class TrimmedRecordingsTest {

  @TempDir private Path folder;

  private RecordingReport check(TrimmedRecording recording) throws Exception {
    return new RecordingChecker(20).check(recording.copyTo(folder), read -> {});
  }

  @Test
  void linuxAgrees() throws Exception {
    RecordingReport report = check(TrimmedRecording.LINUX);
    assertEquals(new Walks(2522, 0, 0), report.walks());
    assertEquals(
        Map.of(
            CheckKind.CONTROL, new Score(19, 0),
            CheckKind.OUTCOME, new Score(2522, 0),
            CheckKind.ERROR_CODE, new Score(630, 0),
            CheckKind.ACCESSED_DIRTY, new Score(1892, 0),
            CheckKind.FRAME, new Score(2352, 0),
            CheckKind.CLASSIFICATION, new Score(1649, 0),
            CheckKind.INJECTION, new Score(629, 0),
            CheckKind.LEAF_RIGHTS, new Score(1136, 0),
            CheckKind.PREFETCHED_RIGHTS, new Score(443, 0),
            CheckKind.PROBE, new Score(0, 0)),
        report.checks());
    assertEquals(Verdict.AGREES, report.verdict());
  }

  @Test
  void probeAgrees() throws Exception {
    RecordingReport report = check(TrimmedRecording.PROBE);
    assertEquals(new Walks(4242, 0, 0), report.walks());
    assertEquals(
        Map.of(
            CheckKind.CONTROL, new Score(59, 0),
            CheckKind.OUTCOME, new Score(4242, 0),
            CheckKind.ERROR_CODE, new Score(335, 0),
            CheckKind.ACCESSED_DIRTY, new Score(3907, 0),
            CheckKind.FRAME, new Score(1641, 0),
            CheckKind.CLASSIFICATION, new Score(1337, 0),
            CheckKind.INJECTION, new Score(330, 0),
            CheckKind.LEAF_RIGHTS, new Score(629, 0),
            CheckKind.PREFETCHED_RIGHTS, new Score(35, 0),
            CheckKind.PROBE, new Score(704, 0)),
        report.checks());
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
  void otherModesAreSkippedWithTheirReason() throws Exception {
    List<String> lines = new ArrayList<>();
    for (String line : TrimmedRecording.PROBE.lines()) {
      lines.add(
          line.replaceAll("\"cr4\":\"0x(\\w+)\"", "\"cr4\":\"0x20\"")
              .replace("\"levels\":2", "\"levels\":3"));
    }
    RecordingReport report = TrimmedRecording.check(folder, lines);
    assertEquals(new Walks(0, 0, 4242), report.walks());
    assertEquals(new Score(0, 0), report.checks().get(CheckKind.PROBE));
    assertEquals(
        4242,
        report.skips().stream()
            .filter(skip -> skip.kind().equals("walk"))
            .filter(skip -> skip.reason().equals("PAE paging: not supported yet"))
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
