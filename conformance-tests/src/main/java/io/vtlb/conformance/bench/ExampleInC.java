package io.vtlb.conformance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The example in C of a checkout, built as a program and as a library. */
public final class ExampleInC {

  private static final Path SOURCES = Path.of("conformance-tests", "examples", "c");

  private ExampleInC() {}

  /**
   * Builds both.
   *
   * @param checkout the folder that the kit's sources are in
   * @param folder where they go
   * @throws BenchmarkFailure if they cannot be built
   */
  public static List<MeasuredTarget> build(Path checkout, Path folder) {
    Path sources = checkout.resolve(SOURCES);
    Path program = folder.resolve("tlb");
    Path library = folder.resolve("libtlb.so");
    List<String> compiler =
        List.of("cc", "-std=c11", "-O2", "-I" + checkout.resolve("include"), "-o");
    String tlb = sources.resolve("tlb.c").toString();
    run(compiler, folder, program.toString(), sources.resolve("jsonlines.c").toString(), tlb);
    run(compiler, folder, library.toString(), "-shared", "-fPIC", "-fvisibility=hidden", tlb);
    return List.of(
        new MeasuredTarget("exec: (the example in C)", "exec:'" + program + "'"),
        new MeasuredTarget("lib: (the example in C)", "lib:" + library));
  }

  private static void run(List<String> compiler, Path folder, String... more) {
    List<String> command = new ArrayList<>(compiler);
    command.addAll(List.of(more));
    Path told = folder.resolve("cc.log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(told.toFile())
              .start();
      int code = process.waitFor();
      if (code != 0) {
        throw new BenchmarkFailure(
            "the example in C cannot be built (cc ended with %d): %s"
                .formatted(code, Files.readString(told).lines().findFirst().orElse("")));
      }
    } catch (IOException e) {
      throw new BenchmarkFailure(
          "the example in C cannot be built: %s; install a C compiler, or name targets by --target"
              .formatted(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted while the example in C was built");
    }
  }
}
