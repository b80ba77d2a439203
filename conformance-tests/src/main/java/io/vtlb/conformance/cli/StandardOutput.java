package io.vtlb.conformance.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, which remembers that it could not be written: what prints to it would not say.
 */
final class StandardOutput extends FilterOutputStream {

  private static final String READER_LEFT = "Broken pipe";

  private @Nullable IOException failure;

  StandardOutput(OutputStream out) {
    super(out);
  }

  /**
   * Why something that was printed is lost. A reader that has seen enough (as {@code head} does)
   * loses nothing that it wants.
   */
  Optional<String> lost() {
    return Optional.ofNullable(failure)
        .map(why -> String.valueOf(why.getMessage()))
        .filter(why -> !READER_LEFT.equals(why));
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
