package io.vtlb.conformance.emulator;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program that emulates: whether it is here, and which version it is. */
public final class Executable {

  private static final int SECONDS = 20;

  private Executable() {}

  /** True if a name is on the PATH, or a path names a program. */
  static boolean isThere(String executable) {
    if (executable.indexOf(File.separatorChar) >= 0) {
      return isProgram("", executable);
    }
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator, -1))
            .anyMatch(folder -> isProgram(folder, executable));
  }

  private static boolean isProgram(String folder, String name) {
    try {
      Path file = Path.of(folder, name);
      return Files.isRegularFile(file) && Files.isExecutable(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The first line that it prints about its version, if it does. */
  public static Optional<String> version(String executable) {
    if (!isThere(executable)) {
      return Optional.empty();
    }
    try {
      Process process =
          new ProcessBuilder(executable, "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      return ended ? said.lines().findFirst() : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
