package io.vtlb.conformance.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.trace.Sequence;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceWriterTest {

  private static final RecordedTrace TRACE = Samples.everyRecord();

  /** A trace that the format forbids: its one address is no multiple of four. */
  private static final RecordedTrace BAD =
      RecordedTrace.of(new Sequence(Samples.world(), List.of(new Load(new Vcpu(0, 0), 2))));

  @TempDir Path folder;

  @Test
  void replacesAnOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("t.jsonl"), "old");

    TraceWriter.write(TRACE, file);

    assertEquals(Samples.text(TRACE), Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void takesAFileNameWithoutFolder() throws IOException {
    Path file = Path.of("target-of-trace-writer-test.jsonl");
    try {
      TraceWriter.write(TRACE, file);

      assertEquals(TRACE, TraceReader.read(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Test
  void gzipsByNameTheSameBytesEachTime() throws IOException {
    Path first = folder.resolve("1.gz");
    Path second = folder.resolve("2.gz");

    TraceWriter.write(TRACE, first);
    TraceWriter.write(TRACE, second);

    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    assertEquals(0x1f, Files.readAllBytes(first)[0]);
    assertEquals(TRACE, TraceReader.read(first));
  }

  @Test
  void leavesTheOldFileWhenATraceIsForbidden() throws IOException {
    Path file = Files.writeString(folder.resolve("t.jsonl"), "old");

    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> TraceWriter.write(BAD, file));

    assertEquals(
        "not a trace to write: trace:2: field \"address\": 0x2 is not a multiple of 4",
        refusal.getMessage());
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void appendsNothingOfATraceThatIsForbidden() {
    StringBuilder out = new StringBuilder();

    assertThrows(IllegalArgumentException.class, () -> TraceWriter.write(BAD, out));

    assertEquals("", out.toString());
  }

  @Test
  void leavesNothingWhereItCannotWrite() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Path missing = folder.resolve("missing").resolve("t.jsonl");

    IOException refusal = assertThrows(IOException.class, () -> TraceWriter.write(TRACE, taken));
    assertThrows(IOException.class, () -> TraceWriter.write(TRACE, missing));

    assertEquals(taken + " is not a file that can be replaced", refusal.getMessage());
    assertEquals(List.of(taken), files());
  }

  @Test
  void writesBehindALinkAndKeepsIt() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path file = Files.writeString(folder.resolve("t.jsonl"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    TraceWriter.write(TRACE, link);

    assertTrue(Files.isSymbolicLink(link));
    assertEquals(TRACE, TraceReader.read(file));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
