package io.vtlb.conformance.cli;

import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.smoke.Row;
import io.vtlb.conformance.smoke.Smoke;
import io.vtlb.conformance.smoke.Tried;
import io.vtlb.conformance.target.Targets;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what is tested. */
final class TargetOptions {

  @Option(
      names = "--target",
      paramLabel = "T",
      description =
          "What to test (default: bundled; for replay, the trace's own target): bundled, reference,"
              + " design:NAME (lazy, role-shared, out-of-sync, adversary), fault:NAME (see 'vtlb"
              + " faults --list'), class:NAME, any Java class that implements VirtualTlb or"
              + " GuestMachine, service:NAME, one that announces itself to ServiceLoader,"
              + " exec:COMMAND, any program that speaks the target protocol (docs/protocol), or"
              + " lib:FILE, a native library (include/vtlb.h).")
  private @Nullable String target;

  @Option(
      names = "--classpath",
      paramLabel = "PATH",
      description =
          "Where class:NAME and service:NAME are found: folders and jars, separated as for java.")
  private @Nullable String classPath;

  @Mixin private LimitOptions limits = new LimitOptions();

  /** The source of the target named, or of another where none is. */
  TargetSource source(String otherwise) {
    return Targets.named(target == null ? otherwise : target, classPath(), limits.chosen());
  }

  /** Goes through the messages of the target named, or of another where none is. */
  Tried smoke(String otherwise, Consumer<Row> listener) {
    return Smoke.of(target == null ? otherwise : target, classPath(), limits.chosen(), listener);
  }

  /** What a replay needs beside the trace, which has the target's name; nothing for most. */
  String whereItIsFound() {
    return classPath == null ? "" : " --classpath " + classPath;
  }

  private List<Path> classPath() {
    return paths(classPath);
  }

  /** The entries of a class path, none where there is none. */
  static List<Path> paths(@Nullable String classPath) {
    List<Path> entries = new ArrayList<>();
    if (classPath != null) {
      for (String entry : classPath.split(File.pathSeparator, -1)) {
        if (!entry.isEmpty()) {
          entries.add(path(entry));
        }
      }
    }
    return entries;
  }

  private static Path path(String entry) {
    try {
      return Path.of(entry);
    } catch (InvalidPathException e) {
      throw new UnusableFile("--classpath: " + e.getMessage());
    }
  }
}
