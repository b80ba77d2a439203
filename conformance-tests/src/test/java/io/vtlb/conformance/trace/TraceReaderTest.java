package io.vtlb.conformance.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceReaderTest {

  private static final RecordedTrace TRACE = Samples.everyRecord();
  private static final byte[] TEXT = Samples.text(TRACE).getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void takesGzipByContent() throws IOException {
    Path file = Files.write(folder.resolve("trace.jsonl"), gzipped(TEXT));

    assertEquals(TRACE, TraceReader.read(file));
  }

  @Test
  void takesBlankLinesWindowsLineEndsAndNoLastLineEnd() throws IOException {
    String text =
        new String(TEXT, StandardCharsets.UTF_8).replace("\n", "\r\n\r\n").stripTrailing();

    assertEquals(TRACE, read(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void takesCapitalsAndLeadingZerosInHexadecimal() throws IOException {
    String text = Refusals.WORLD + Refusals.LOAD.replace("0x400000", "0x00400ABC");

    assertEquals(
        Samples.text(read(text.getBytes(StandardCharsets.UTF_8))),
        Refusals.WORLD + Refusals.LOAD.replace("0x400000", "0x400abc"));
  }

  @Test
  void saysThatAFileIsNotThere() {
    Path file = folder.resolve("trace.jsonl");

    assertRefused(file + ": there is no such file", file);
  }

  @Test
  void saysThatAFolderIsNoTrace() {
    assertRefused(folder + ": is a folder, not a trace", folder);
  }

  @Test
  void namesTheFileLineAndField() throws IOException {
    Path file = Files.writeString(folder.resolve("t.jsonl"), Refusals.WORLD + Refusals.FAULTED);

    assertRefused(file + ":2: field \"n\": is 1, but stands after operation 0", file);
  }

  @Test
  void saysThatGzipDataIsCutOff() throws IOException {
    byte[] packed = gzipped(TEXT);

    assertRefused("t.gz:1: the gzip data is cut off here", Arrays.copyOf(packed, 30));
    assertRefused("t.gz: starts like gzip data but is not", Arrays.copyOf(packed, 5));
  }

  @Test
  void saysThatGzipDataIsDamaged() throws IOException {
    byte[] packed = gzipped(TEXT);
    packed[packed.length - 6] ^= 1;

    assertEquals(
        "the gzip data is damaged here",
        assertThrows(BadTrace.class, () -> read(packed)).problem());
    assertRefused("t.gz: starts like gzip data but is not", new byte[] {0x1f, (byte) 0x8b, 0, 0});
  }

  @Test
  void saysThatTextIsNotUtf8() {
    assertRefused("t.gz:1: is not UTF-8 text", new byte[] {'{', (byte) 0xff, '}', '\n'});
    assertRefused("t.gz:1: is not UTF-8 text", "{}".getBytes(StandardCharsets.UTF_16));
  }

  @Test
  void stopsAtAnEndlessLine() {
    BadTrace refusal = assertThrows(BadTrace.class, () -> TraceReader.read(endless("x"), "t"));

    assertEquals("t:1: is longer than 16 MiB, more than any line of a trace", refusal.getMessage());
  }

  @Test
  void stopsAtAnEndlessFile() {
    String blank = " ".repeat(9999) + "\n";

    BadTrace refusal = assertThrows(BadTrace.class, () -> TraceReader.read(endless(blank), "t"));

    assertEquals(
        "t: is longer than 256 MiB (unpacked), more than vtlb reads", refusal.getMessage());
  }

  @Test
  void reportsAFailingDevice() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return read();
          }
        };

    BadTrace refusal = assertThrows(BadTrace.class, () -> TraceReader.read(failing, "t"));

    assertEquals("t: cannot be read: the disk is gone", refusal.getMessage());
  }

  private static RecordedTrace read(byte[] bytes) throws BadTrace {
    return TraceReader.read(new ByteArrayInputStream(bytes), "t.gz");
  }

  private static void assertRefused(String message, byte[] bytes) {
    assertEquals(message, assertThrows(BadTrace.class, () -> read(bytes)).getMessage());
  }

  private static void assertRefused(String message, Path path) {
    assertEquals(message, assertThrows(BadTrace.class, () -> TraceReader.read(path)).getMessage());
  }

  private static InputStream endless(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new InputStream() {
      private int next;

      @Override
      public int read() {
        return bytes[next++ % bytes.length];
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        int count = Math.min(length, bytes.length);
        System.arraycopy(bytes, 0, target, offset, count);
        return count;
      }
    };
  }

  private static byte[] gzipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
