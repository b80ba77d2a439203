package io.vtlb.conformance.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The C compiler of this machine; where there is none, tests that ask for it are skipped. */
final class CCompiler {

  /** Where vtlb.h is. */
  static final Path INCLUDE = Path.of("..", "include").toAbsolutePath().normalize();

  private CCompiler() {}

  /** Makes a library of the C file of this package, with words defined as 1. */
  static Path odd(Path folder, String... defined) throws IOException, InterruptedException {
    Path source = folder.resolve("odd.c");
    try (InputStream text = CCompiler.class.getResourceAsStream("odd.c")) {
      Files.write(source, Objects.requireNonNull(text, "odd.c").readAllBytes());
    }
    return library(source, folder.resolve("odd" + String.join("-", defined) + ".so"), defined);
  }

  /** Makes a library of a C file. */
  static Path library(Path source, Path library, String... defined)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("-O1", "-std=c11", "-Wall", "-Werror"));
    arguments.addAll(List.of("-shared", "-fPIC", "-fvisibility=hidden"));
    for (String word : defined) {
      arguments.add("-D" + word);
    }
    arguments.addAll(List.of("-I" + INCLUDE, source.toString(), "-o", library.toString()));
    run("cc", arguments);
    return library;
  }

  /** What a C program writes. */
  static List<String> output(String program, Path folder) throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve("program.c"), program);
    Path executable = folder.resolve("program");
    run("cc", List.of("-I" + INCLUDE, source.toString(), "-o", executable.toString()));
    return run(executable.toString(), List.of());
  }

  /** Runs a program, which must succeed; skips the test if it is not there. */
  static List<String> run(String program, List<String> arguments)
      throws IOException, InterruptedException {
    assumeTrue(exists(program), "there is no " + program);
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    List<String> lines;
    try (var reader = process.inputReader()) {
      lines = reader.lines().toList();
    }
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), () -> command + " does not end");
    assertEquals(0, process.exitValue(), () -> command + "\n" + String.join("\n", lines));
    return lines;
  }

  private static boolean exists(String program) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder).resolve(program))) {
        return true;
      }
    }
    return false;
  }
}
