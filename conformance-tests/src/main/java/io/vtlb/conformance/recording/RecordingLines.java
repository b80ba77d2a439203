package io.vtlb.conformance.recording;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The lines of a file, plain or gzipped, one at a time; only one line is ever in memory. */
final class RecordingLines implements AutoCloseable {

  /**
   * The longest line of a recording, in bytes: its header has a few kilobytes, other lines less.
   */
  private static final int LONGEST = 1 << 20;

  private static final int BUFFER = 1 << 16;
  private static final int GZIP_MAGIC = 0x1f8b;

  private final InputStream input;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private byte[] line = new byte[1 << 12];
  private long number;

  private RecordingLines(InputStream input) {
    this.input = input;
  }

  /** One line without its line feed. */
  static final class Line {

    private final long number;
    private final byte[] bytes;
    private final boolean terminated;

    private Line(long number, byte[] bytes, boolean terminated) {
      this.number = number;
      this.bytes = bytes;
      this.terminated = terminated;
    }

    /** Counted from 1. */
    long number() {
      return number;
    }

    /** Its UTF-8 text, not copied. */
    byte[] bytes() {
      return bytes;
    }

    /** False if the file ended before a line feed. */
    boolean terminated() {
      return terminated;
    }
  }

  /**
   * Opens a file.
   *
   * @param progress told how many bytes of the file (gzipped, if it is) have been read so far
   */
  static RecordingLines open(Path file, LongConsumer progress) throws BadRecording {
    if (Files.isDirectory(file)) {
      throw new BadRecording(0, "is a folder; name one recording (.jsonl or .jsonl.gz)");
    }
    InputStream raw = null;
    try {
      raw = Files.newInputStream(file);
      BufferedInputStream counted = new BufferedInputStream(new Counting(raw, progress), BUFFER);
      return new RecordingLines(isGzip(counted) ? new GZIPInputStream(counted, BUFFER) : counted);
    } catch (NoSuchFileException failure) {
      throw new BadRecording(0, "no such file; name a recording (.jsonl or .jsonl.gz)");
    } catch (AccessDeniedException failure) {
      throw new BadRecording(0, "permission to read it is denied; change its permissions");
    } catch (IOException failure) {
      close(raw);
      throw unreadable(0, failure);
    }
  }

  private static boolean isGzip(BufferedInputStream input) throws IOException {
    input.mark(2);
    int magic = input.read() << 8 | input.read();
    input.reset();
    return magic == GZIP_MAGIC;
  }

  /** The next line, or null at the end. */
  @Nullable Line next() throws BadRecording {
    int length = 0;
    while (true) {
      if (position == limit && !fill()) {
        return length == 0 ? null : take(length, false);
      }
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      length = append(length, end);
      if (end < limit) {
        position = end + 1;
        return take(length, true);
      }
      position = end;
    }
  }

  private int append(int length, int end) throws BadRecording {
    int total = length + end - position;
    if (total > LONGEST) {
      throw new BadRecording(
          number + 1, "is longer than 1 MiB; a recording has one small JSON object on each line");
    }
    if (total > line.length) {
      line = Arrays.copyOf(line, Math.max(total, 2 * line.length));
    }
    System.arraycopy(buffer, position, line, length, end - position);
    return total;
  }

  private Line take(int length, boolean terminated) {
    number++;
    return new Line(number, Arrays.copyOf(line, length), terminated);
  }

  private boolean fill() throws BadRecording {
    try {
      position = 0;
      limit = Math.max(0, input.read(buffer, 0, BUFFER));
      return limit > 0;
    } catch (IOException failure) {
      throw unreadable(number + 1, failure);
    }
  }

  private static BadRecording unreadable(long line, IOException failure) {
    return switch (failure) {
      case EOFException cut ->
          new BadRecording(line, "the gzip data ends early; the file is cut off: copy it again");
      case ZipException damaged ->
          new BadRecording(line, "the gzip data is damaged; copy the file again");
      default ->
          new BadRecording(line, "cannot be read (" + failure.getMessage() + "); check the file");
    };
  }

  @Override
  public void close() throws BadRecording {
    close(input);
  }

  private static void close(@Nullable InputStream stream) throws BadRecording {
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException failure) {
      throw unreadable(0, failure);
    }
  }

  /** Counts the bytes that are read through it. */
  private static final class Counting extends FilterInputStream {

    private final LongConsumer progress;
    private long count;

    Counting(InputStream input, LongConsumer progress) {
      super(input);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read > 0) {
        count += read;
        progress.accept(count);
      }
      return read;
    }
  }
}
