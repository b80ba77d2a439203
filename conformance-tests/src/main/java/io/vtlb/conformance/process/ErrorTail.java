package io.vtlb.conformance.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Reads what a process writes to its standard error, so that it never waits for a reader, and keeps
 * the end of it.
 */
final class ErrorTail {

  private static final int KEPT = 4096;
  private static final int LINES = 12;

  private final Thread reader;
  private final byte[] kept = new byte[KEPT];
  private volatile long total;
  private volatile long before;

  /**
   * @param tooMuch is run once if more than {@code most} bytes come in one sequence
   */
  ErrorTail(InputStream errors, long most, Runnable tooMuch, String name) {
    reader =
        Thread.ofPlatform()
            .daemon()
            .name(name + "-stderr")
            .start(() -> read(errors, most, tooMuch));
  }

  private void read(InputStream errors, long most, Runnable tooMuch) {
    byte[] buffer = new byte[KEPT];
    boolean told = false;
    try (errors) {
      for (int count = errors.read(buffer); count >= 0; count = errors.read(buffer)) {
        keep(buffer, count);
        if (total - before > most && !told) {
          told = true;
          tooMuch.run();
        }
      }
    } catch (IOException e) {
      // The stream was closed under the reader, which is its end.
    }
  }

  private synchronized void keep(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      kept[(int) ((total + i) % KEPT)] = bytes[i];
    }
    total += count;
  }

  /** What has come until now counts no more. */
  void beginSequence() {
    before = total;
  }

  /**
   * Waits for the end of the stream, but not long; false if it has not come: a process left behind
   * may hold it open.
   */
  boolean await(Duration most) {
    try {
      return reader.join(most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The last lines, in printable ASCII. */
  synchronized String text() {
    int length = (int) Math.min(total, KEPT);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = kept[(int) ((total - length + i) % KEPT)];
    }
    String text = new String(bytes, StandardCharsets.UTF_8).replaceAll("[^\\n\\t\\x20-\\x7e]", "?");
    String[] lines = text.strip().split("\\R", -1);
    int from = Math.max(0, lines.length - LINES);
    return String.join("\n", List.of(lines).subList(from, lines.length)).strip();
  }
}
