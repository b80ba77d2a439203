package io.vtlb.conformance.trace;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The lines of a trace, plain or gzipped, as UTF-8 text; blank lines are passed over.
 *
 * <p>Bounded, so that a wrong file ends in a message and not in an exhausted heap: {@link
 * #MAX_LINE} bytes for a line, {@link #MAX_TRACE} bytes for all of them, after unpacking.
 */
final class TraceLines {

  /** The longest line, in bytes. */
  static final int MAX_LINE = 16 << 20;

  /** The longest trace, in bytes. */
  static final long MAX_TRACE = 256L << 20;

  private final String source;
  private final InputStream in;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int end;
  private int number;
  private long total;

  /** Looks at the first bytes to see whether the trace is gzipped. */
  TraceLines(InputStream in, String source) throws BadTrace {
    this.source = source;
    this.in = unpacked(new BufferedInputStream(in));
  }

  /**
   * One line.
   *
   * @param text without its end
   * @param terminated a line feed stands behind it
   */
  record Line(Place place, String text, boolean terminated) {}

  /** The next line that is not blank, or nothing at the end. */
  Optional<Line> next() throws BadTrace {
    while (true) {
      number++;
      boolean terminated = fill();
      String text = decoded(bytes.toByteArray());
      if (!text.isBlank()) {
        return Optional.of(new Line(place(), text, terminated));
      }
      if (!terminated) {
        return Optional.empty();
      }
    }
  }

  /** Collects the bytes of one line; false if the trace ends before a line feed. */
  private boolean fill() throws BadTrace {
    bytes.reset();
    while (next < end || refill()) {
      int start = next;
      while (next < end && buffer[next] != '\n') {
        next++;
      }
      if (bytes.size() + next - start > MAX_LINE) {
        throw place().bad("is longer than 16 MiB, more than any line of a trace");
      }
      bytes.write(buffer, start, next - start);
      if (next < end) {
        next++;
        return true;
      }
    }
    return false;
  }

  private boolean refill() throws BadTrace {
    try {
      next = 0;
      end = Math.max(0, in.read(buffer));
      total += end;
    } catch (EOFException failure) {
      throw place().bad("the gzip data is cut off here");
    } catch (ZipException failure) {
      throw place().bad("the gzip data is damaged here");
    } catch (IOException failure) {
      throw unreadable(failure);
    }
    if (total > MAX_TRACE) {
      throw whole().bad("is longer than 256 MiB (unpacked), more than vtlb reads");
    }
    return end > 0;
  }

  private InputStream unpacked(BufferedInputStream packed) throws BadTrace {
    try {
      packed.mark(2);
      boolean gzip = packed.read() == 0x1f && packed.read() == 0x8b;
      packed.reset();
      return gzip ? new GZIPInputStream(packed) : packed;
    } catch (EOFException | ZipException failure) {
      throw whole().bad("starts like gzip data but is not");
    } catch (IOException failure) {
      throw unreadable(failure);
    }
  }

  private String decoded(byte[] bytes) throws BadTrace {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.startsWith("\ufeff")) {
        throw place().bad("starts with a byte order mark: save it as UTF-8 without one");
      }
      return text;
    } catch (CharacterCodingException failure) {
      throw place().bad("is not UTF-8 text");
    }
  }

  private Place place() {
    return new Place(source, number);
  }

  private Place whole() {
    return new Place(source, 0);
  }

  private BadTrace unreadable(IOException failure) {
    return whole().bad("cannot be read: " + failure.getMessage());
  }
}
