package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that is no trace is refused by file, line and field, and stays as it was. */
class BadTraceTest {

  @TempDir private static Path folder;

  private static String right;

  @BeforeAll
  static void writeATrace() throws IOException {
    Path found = folder.resolve("found.jsonl");
    Typed.of("verify", "--target", "fault:invlpg-ignored", "--trace-out", found);
    right = Files.readString(found);
  }

  private static String withLine(int number, String line) {
    List<String> lines = right.lines().toList();
    return String.join("\n", lines.subList(0, number - 1))
        + (number == 1 ? "" : "\n")
        + line
        + "\n"
        + String.join("\n", lines.subList(number, lines.size()))
        + "\n";
  }

  private static String line(int number) {
    return right.lines().skip(number - 1).findFirst().orElseThrow();
  }

  /** The first operation that has an address. */
  private static int withAddress() {
    int number = 2;
    while (!line(number).contains("\"address\"")) {
      number++;
    }
    return number;
  }

  static Stream<Arguments> notTraces() {
    return Stream.of(
        Arguments.of("empty", "", ": is empty"),
        Arguments.of("blank", "\n \n", ": is empty"),
        Arguments.of("cut off", right.substring(0, right.length() - 30), ":%d:"),
        Arguments.of("cut off in its world", right.substring(0, 30), ":1:"),
        Arguments.of("not JSON", withLine(2, "load 0x1000"), ":2:"),
        Arguments.of("not JSON at all", "<html>\n", ":1:"),
        Arguments.of("an array", "[1]\n", ":1:"),
        Arguments.of(
            "of a newer schema",
            withLine(1, line(1).replace("vtlb-trace/1", "vtlb-trace/9")),
            ":1:"),
        Arguments.of(
            "with an address that is none",
            withLine(
                withAddress(),
                line(withAddress())
                    .replaceFirst("\"address\":\"[^\"]*\"", "\"address\":\"0x10000000000000000\"")),
            ":" + withAddress() + ": field \"address\""),
        Arguments.of("without its world", right.substring(right.indexOf('\n') + 1), ":1:"),
        Arguments.of(
            "with an unknown field", withLine(2, line(2).replace("{", "{\"x\":1,")), ":2:"),
        Arguments.of("two worlds", withLine(2, line(1)), ":2:"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notTraces")
  void isRefused(String what, String content, String place) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.jsonl"), content);
    int lines = (int) content.lines().count();
    Typed.of("replay", file).assertRefused(file + place.formatted(lines));
    assertEquals(content, Files.readString(file));
  }

  @Test
  void aRecordingOfARealHypervisorIsRefused() throws IOException {
    Path file = folder.resolve("probe.jsonl.gz");
    try (InputStream recording =
        BadTraceTest.class.getResourceAsStream(
            "/io/vtlb/conformance/recording/probe-2level.jsonl.gz")) {
      Files.copy(recording, file);
    }
    Typed typed = Typed.of("replay", file);
    typed.assertRefused(file + ":1:");
    typed.assertRefused("check-recording");
  }

  @Test
  void aFolderIsRefused() {
    Typed.of("replay", folder).assertRefused(folder + ": is a folder");
  }

  @Test
  void aMissingFileIsRefused() {
    Path file = folder.resolve("missing.jsonl");
    Typed.of("replay", file).assertRefused(file + ": there is no such file");
  }

  @Test
  void anUnknownTargetOfTheTraceIsRefused() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("other.jsonl"), right.replace("fault:invlpg-ignored", "fault:gone"));
    Typed.of("replay", file).assertRefused("there is no fault 'gone'");
    Typed.of("replay", file, "--target", "fault:invlpg-ignored").assertExits(1);
  }
}
