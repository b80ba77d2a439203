package io.vtlb.conformance.recording;

import java.nio.file.Path;

/**
 * A file that is no recording, or a line of one that cannot be read; the message says what to do.
 */
public final class BadRecording extends Exception {

  private static final long serialVersionUID = 1L;

  private final long line;

  /**
   * @param line the line, from 1; 0 if the whole file is meant
   * @param problem what is wrong, then {@code "; "} and a remedy
   */
  BadRecording(long line, String problem) {
    super(problem);
    this.line = line;
  }

  static BadRecording field(long line, String name, String problem) {
    return new BadRecording(line, "field \"" + name + "\": " + problem);
  }

  /** The line that cannot be read, from 1; 0 if the whole file is meant. */
  public long line() {
    return line;
  }

  /** The problem with its place, as in {@code FILE:LINE: what is wrong; remedy}. */
  public String in(Path file) {
    return file + (line == 0 ? ": " : ":" + line + ": ") + getMessage();
  }
}
