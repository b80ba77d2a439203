package io.vtlb.conformance.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be read is refused with one message that says where, what and what to do. */
class BadRecordingTest {

  private static final String HEADER =
      "{\"e\":\"hdr\",\"format\":\"kvm-shadow-paging-trace/1\",\"name\":\"n\",\"l2_kind\":\"k\","
          + "\"l2_features\":{\"maxphyaddr\":40,\"pse36\":1}}\n";

  private static final String WALK =
      "{\"e\":\"walk\",\"addr\":\"0x1000\",\"pferr\":\"0x0\",\"cr3\":\"0x0\",\"cpl\":0,"
          + "\"el\":[[\"0x0\",2]],\"ok\":0,\"err\":\"0x0\"}\n";

  @TempDir private Path folder;

  private static Arguments text(String content, String message) {
    return Arguments.of(content.getBytes(StandardCharsets.UTF_8), message);
  }

  private static Arguments line(String line, String message) {
    return text(HEADER + line + "\n", "2: " + message);
  }

  private static Arguments walk(String part, String by, String message) {
    return text(HEADER + WALK.replace(part, by), "2: " + message);
  }

  private static Arguments header(String part, String by, String message) {
    return text(HEADER.replace(part, by), "1: " + message);
  }

  static List<Arguments> refused() throws IOException {
    byte[] zipped = gzip(HEADER + WALK.repeat(100));
    byte[] damaged = zipped.clone();
    damaged[zipped.length - 6] ^= 0x55;
    return List.of(
        text("", " is empty; name a recording (.jsonl or .jsonl.gz)"),
        Arguments.of(gzip(""), " is empty; name a recording (.jsonl or .jsonl.gz)"),
        text(
            "\u007fELF",
            "1: is not JSON from column 1 on; a recording is JSON Lines, plain or gzipped"),
        text(
            "\n" + HEADER, "1: is not a JSON object; a recording has one JSON object on each line"),
        text("[]\n", "1: is not a JSON object; a recording has one JSON object on each line"),
        text(HEADER.substring(0, 50), "1: the line is cut off; copy the file again"),
        text(HEADER + WALK + WALK.substring(0, 60), "3: the line is cut off; copy the file again"),
        Arguments.of(
            Arrays.copyOf(zipped, zipped.length - 9),
            "102: the gzip data ends early; the file is cut off: copy it again"),
        Arguments.of(
            Arrays.copyOf(zipped, 5),
            " the gzip data ends early; the file is cut off: copy it again"),
        Arguments.of(damaged, "102: the gzip data is damaged; copy the file again"),
        text(
            "{\"record\":\"world\",\"version\":1}\n",
            "1: is a vtlb trace, not a recording; run \"vtlb replay\" on it"),
        text("{}\n", "1: field \"e\": is missing; record it again, or correct the line"),
        text(
            WALK,
            "1: field \"e\": the first record is \"walk\", not \"hdr\"; keep the first line of a"
                + " recording"),
        header(
            "trace/1",
            "trace/2",
            "field \"format\": \"kvm-shadow-paging-trace/2\" is another version of the format; this"
                + " vtlb reads version 1: use a newer vtlb"),
        header(
            "kvm-shadow-paging-trace/1",
            "har/1.2",
            "field \"format\": \"har/1.2\" is no format that vtlb knows; it reads"
                + " kvm-shadow-paging-trace/1"),
        header(
            "\"maxphyaddr\":40,",
            "",
            "field \"l2_features.maxphyaddr\": is missing; record it again, or correct the line"),
        header(
            "40",
            "64",
            "field \"l2_features.maxphyaddr\": must be a whole number from 32 to 52, not 64; record"
                + " it again, or correct the line"),
        header(
            "{\"maxphyaddr\":40,\"pse36\":1}",
            "7",
            "field \"l2_features\": must be an object, not 7; record it again, or correct the line"),
        header(
            "\"pse36\":1",
            "\"pse36\":1,\"vendor\":\"CyrixInstead\"",
            "field \"l2_features.vendor\": \"CyrixInstead\" is no vendor that vtlb has rules for;"
                + " name GenuineIntel or AuthenticAMD, whichever the processor follows"),
        header(
            "\"pse36\":1",
            "\"pse36\":1,\"nx\":\"yes\"",
            "field \"l2_features.nx\": must be a whole number from 0 to 1, not \"yes\"; record it"
                + " again, or correct the line"),
        text(
            HEADER + HEADER,
            "2: field \"e\": is a second header; check each recording in a file of its own"),
        line("", "is not a JSON object; a recording has one JSON object on each line"),
        line(
            "{\"e\":\"exit\"} {}",
            "has more than one JSON value; a recording has one JSON object on each line"),
        line(
            "{\"e\":\"exit\",\"e\":\"pf\"}",
            "has a field twice; a recording has one JSON object on each line"),
        line(
            "{\"e\":14}",
            "field \"e\": must be a text, not 14; record it again, or correct the line"),
        line(
            "{\"e\":\"x" + "y".repeat(1 << 20) + "\"}",
            "is longer than 1 MiB; a recording has one small JSON object on each line"),
        walk(
            "\"addr\":\"0x1000\",",
            "",
            "field \"addr\": is missing; record it again, or correct the line"),
        walk("\"0x1000\"", "null", "field \"addr\": is null; record it again, or correct the line"),
        walk(
            "\"0x1000\"",
            "4096",
            "field \"addr\": must be a hexadecimal text such as \"0x1000\", not 4096; record it"
                + " again, or correct the line"),
        walk(
            "0x1000",
            "0x10g0",
            "field \"addr\": must be a hexadecimal text such as \"0x1000\", not \"0x10g0\"; record it"
                + " again, or correct the line"),
        walk(
            "0x1000",
            "0x12345678901234567",
            "field \"addr\": must be a hexadecimal text such as \"0x1000\", not"
                + " \"0x12345678901234567\"; record it again, or correct the line"),
        walk(
            "[[\"0x0\",2]]",
            "[\"0x0\",2]",
            "field \"el\": must be a list of [entry, level]; record it again, or correct the line"),
        walk(
            "[[\"0x0\",2]]",
            "[[\"0x0\",9]]",
            "field \"el\": must name levels from 1 to 5; record it again, or correct the line"),
        walk(
            "\"ok\":0",
            "\"ok\":0,\"ad\":[[\"G\",\"0x0\"]]",
            "field \"ad\": must name A or D bits; record it again, or correct the line"),
        walk(
            "\"ok\":0",
            "\"ok\":2",
            "field \"ok\": must be a whole number from 0 to 1, not 2; record it again, or correct the"
                + " line"),
        walk(
            "\"cpl\":0",
            "\"cpl\":99999999999999999999",
            "field \"cpl\": must be a whole number from 0 to 3, not 99999999999999999999; record it"
                + " again, or correct the line"),
        walk(
            "\"cpl\":0",
            "\"cpl\":0.5",
            "field \"cpl\": must be a whole number from 0 to 3, not 0.5; record it again, or correct"
                + " the line"));
  }

  private static byte[] gzip(String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream output = new GZIPOutputStream(bytes)) {
      output.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String refusal(Path file) {
    return assertThrows(BadRecording.class, () -> new RecordingChecker(20).check(file, read -> {}))
        .in(file);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void refused(byte[] content, String message) throws IOException {
    Path file = folder.resolve("r");
    Files.write(file, content);
    assertEquals(file + ":" + message, refusal(file));
  }

  @Test
  void aMissingFileIsRefused() {
    Path file = folder.resolve("none.jsonl");
    assertEquals(file + ": no such file; name a recording (.jsonl or .jsonl.gz)", refusal(file));
  }

  @Test
  void aFolderIsRefused() {
    assertEquals(
        folder + ": is a folder; name one recording (.jsonl or .jsonl.gz)", refusal(folder));
  }

  @Test
  void aFileThatIsReadableIsNotRefused() throws Exception {
    Path file = folder.resolve("r");
    Files.writeString(file, (HEADER + WALK).replace("\n", "\r\n").stripTrailing());
    assertEquals(
        1, new RecordingChecker(20).check(file, read -> {}).walks().skipped(), "no mode record");
  }
}
