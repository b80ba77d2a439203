package io.vtlb.conformance.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes lines out of a stream, of limited length. */
final class LineBuffer {

  /** What {@link #fill} says of the stream. */
  enum Filled {
    /** There are more bytes. */
    MORE,
    /** There will be no more. */
    END,
    /** The line that has begun is too long. */
    TOO_LONG
  }

  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final int longest;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int next;
  private int searched;
  private int end;
  private long total;

  /**
   * @param longest bytes in the longest line, its end included
   */
  LineBuffer(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** How many bytes have come. */
  long total() {
    return total;
  }

  /** True if everything that came was taken. */
  boolean isEmpty() {
    return next == end;
  }

  /** True if there is a whole line. */
  boolean hasLine() {
    while (searched < end && buffer[searched] != '\n') {
      searched++;
    }
    return searched < end;
  }

  /** The line that there is, without its end. */
  String take() throws CharacterCodingException {
    ByteBuffer line = ByteBuffer.wrap(buffer, next, searched - next);
    searched++;
    next = searched;
    return StandardCharsets.UTF_8.newDecoder().decode(line).toString();
  }

  /** Waits for more bytes behind those that there are. */
  Filled fill() {
    if (end - next >= longest) {
      return Filled.TOO_LONG;
    }
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, end - next);
      end -= next;
      searched -= next;
      next = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(2 * end, longest + 1));
    }
    int count;
    try {
      count = in.read(buffer, end, buffer.length - end);
    } catch (IOException e) {
      return Filled.END;
    }
    if (count < 0) {
      return Filled.END;
    }
    end += count;
    total += count;
    return Filled.MORE;
  }
}
