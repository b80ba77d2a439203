package io.vtlb.conformance.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.cli.CheckRecordingCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command's exit codes, and what goes to which stream. */
class CheckRecordingCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return new CommandLine(new CheckRecordingCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
  }

  private Path wrongEverywhere() throws Exception {
    List<String> lines =
        TrimmedRecording.PROBE.lines().stream()
            .map(line -> line.replace("\"ok\":0", "\"ok\":1"))
            .toList();
    return Files.write(folder.resolve("wrong.jsonl"), lines);
  }

  @Test
  void agreementExitsWith0AndPrintsTheReport() throws Exception {
    assertEquals(0, run(TrimmedRecording.PROBE.copyTo(folder)));
    assertEquals(TrimmedRecording.PROBE.golden(), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void disagreementExitsWith1AndListsUpToTheLimit() throws Exception {
    assertEquals(1, run("--max-disagreements", 2, wrongEverywhere()));
    String text = out.toString();
    assertTrue(
        text.contains(
            """
            disagreements: 335, of which the first 2
              line 197, outcome
                recorded: succeeds: store by supervisor of 0x81b386df, CR3 0x300000, entries 0x402221 0x882207
                model:    faults with P|W (0x3)
            """),
        text);
    assertTrue(text.endsWith("verdict: the recording disagrees with the model\n"), text);
  }

  @Test
  void jsonIsOneDocumentWithTheseKeys() throws Exception {
    assertEquals(1, run("--json", "--max-disagreements", 3, wrongEverywhere()));
    JsonNode json = JsonMapper.shared().readTree(out.toString());
    assertEquals(1, out.toString().lines().count());
    assertEquals(4242, json.get("walks").intValue());
    assertEquals(3907, json.get("agree").intValue());
    assertEquals(335, json.get("disagree").intValue());
    assertEquals(0, json.get("skipped").intValue());
    assertEquals(335, json.get("disagreementCount").intValue());
    assertEquals(3, json.get("disagreements").size());
    assertEquals("disagrees", json.get("verdict").stringValue());
    assertEquals(
        "{\"vendor\":\"amd\",\"physicalAddressBits\":40,\"capabilities\":[\"pse36\",\"nx\",\"gbpages\","
            + "\"lm\",\"smep\",\"smap\"]}",
        json.get("processor").toString());
    assertEquals(
        "{\"line\":197,\"check\":\"outcome\",\"recorded\":\"succeeds: store by supervisor of"
            + " 0x81b386df, CR3 0x300000, entries 0x402221 0x882207\",\"model\":\"faults with P|W"
            + " (0x3)\"}",
        json.get("disagreements").get(0).toString());
    assertEquals(
        List.of(
            "control",
            "registers",
            "outcome",
            "errorCode",
            "accessedDirty",
            "frame",
            "classification",
            "injection",
            "leafRights",
            "prefetchedRights",
            "probe"),
        List.copyOf(json.get("checks").propertyNames()));
    assertEquals(335, json.get("checks").get("outcome").get("disagree").intValue());
  }

  @Test
  void badInputExitsWith2AndOneLine() {
    Path file = folder.resolve("none");
    assertEquals(2, run("--json", file));
    assertEquals("", out.toString());
    assertEquals(
        "vtlb: " + file + ": no such file; name a recording (.jsonl or .jsonl.gz)\n",
        err.toString());
  }

  @Test
  void nothingCheckedExitsWith3() throws Exception {
    List<String> lines = TrimmedRecording.PROBE.lines().subList(0, 20);
    assertEquals(3, run(Files.write(folder.resolve("short.jsonl"), lines)));
    assertTrue(out.toString().endsWith("verdict: inconclusive, no walk could be checked\n"));
  }

  @Test
  void aNegativeLimitIsRefused() throws Exception {
    assertEquals(2, run("--max-disagreements", -1, TrimmedRecording.PROBE.copyTo(folder)));
    assertTrue(
        err.toString().startsWith("--max-disagreements must be 0 or more, not -1"), err.toString());
  }
}
