package io.vtlb.conformance.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Says in one line which file cannot be used, and why. */
final class UnusableFile extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableFile(String message) {
    super(message);
  }

  /**
   * Says before a long run, not after it, that its result could not be written.
   *
   * @param option the option that names the file
   */
  static void unlessWritable(String option, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new UnusableFile(option + ": " + file + " is a folder; name a file in it");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UnusableFile(option + ": " + file + " is not a file that can be replaced");
    }
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new UnusableFile(option + ": cannot write to the folder of " + file);
    }
  }
}
