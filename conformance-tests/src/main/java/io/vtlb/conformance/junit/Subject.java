package io.vtlb.conformance.junit;

import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.starter.ShellWord;
import io.vtlb.conformance.target.TargetPlace;
import io.vtlb.conformance.target.Targets;
import io.vtlb.model.target.Target;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is tested, as it was given.
 *
 * @param source finds it
 * @param place the option {@code --classpath} with which the command line finds it, too; may be
 *     empty
 */
record Subject(Supplier<TargetSource> source, Supplier<String> place) {

  static Subject of(Supplier<? extends Target> maker) {
    return new Subject(
        () -> Targets.given(maker),
        () -> classPath(TargetPlace.of(maker.get().getClass()).stream()));
  }

  /** The command line has not the class path of the tests, so what is found there is told, too. */
  static Subject named(String target, List<Path> classPath) {
    return new Subject(
        () -> Targets.named(target, classPath),
        () ->
            classPath(
                Stream.concat(classPath.stream(), TargetPlace.of(target, classPath).stream())));
  }

  private static String classPath(Stream<Path> entries) {
    String all =
        entries
            .map(entry -> entry.toAbsolutePath().normalize().toString())
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    return all.isEmpty() ? "" : " --classpath " + ShellWord.of(all);
  }
}
