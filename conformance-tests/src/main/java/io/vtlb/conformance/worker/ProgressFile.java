package io.vtlb.conformance.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where a worker notes what it is doing; memory shared through a file, so that the parent can read
 * it when the worker is gone, however it went.
 */
public final class ProgressFile {

  /** No sequence runs. */
  public static final long NONE = -1;

  /** A sequence runs that does not come from a plan. */
  public static final long SINGLE = Long.MAX_VALUE;

  private static final int SEQUENCE = 0;
  private static final int OPERATIONS = 8;
  private static final int QUESTION = 12;
  private static final int BYTES = 16;

  private final MappedByteBuffer noted;

  private ProgressFile(MappedByteBuffer noted) {
    this.noted = noted;
  }

  /** Maps a file, which is made if it is not there. */
  public static ProgressFile open(Path file) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new ProgressFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A sequence begins, by its number, or none runs. */
  public void sequence(long number) {
    noted.putInt(OPERATIONS, 0);
    if (number != NONE) {
      noted.putInt(QUESTION, LastQuestion.OPERATION);
    }
    noted.putLong(SEQUENCE, number);
  }

  /** One more operation begins. */
  public void operation() {
    noted.putInt(OPERATIONS, noted.getInt(OPERATIONS) + 1);
  }

  /** What the target is asked now, a number of {@link LastQuestion}. */
  public void question(int number) {
    noted.putInt(QUESTION, number);
  }

  int question() {
    return noted.getInt(QUESTION);
  }

  long sequence() {
    return noted.getLong(SEQUENCE);
  }

  /**
   * How many operations were begun.
   *
   * @param most as many as there are; a target may have scribbled over what was noted
   */
  int operations(int most) {
    return Math.clamp(noted.getInt(OPERATIONS), 0, most);
  }
}
