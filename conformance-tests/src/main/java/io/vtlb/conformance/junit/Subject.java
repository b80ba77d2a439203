package io.vtlb.conformance.junit;

import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.starter.ShellWord;
import io.vtlb.conformance.target.Targets;
import io.vtlb.model.target.Target;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What is tested, as it was given.
 *
 * @param source finds it
 * @param place the option {@code --classpath} with which the command line finds it, too; may be
 *     empty
 */
record Subject(Supplier<TargetSource> source, Supplier<String> place) {

  private static final String OPTION = " --classpath ";

  static Subject of(Supplier<? extends Target> maker) {
    return new Subject(() -> Targets.given(maker), () -> place(maker.get().getClass()));
  }

  static Subject named(String target, List<Path> classPath) {
    String entries =
        classPath.stream()
            .map(entry -> entry.toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    return new Subject(
        () -> Targets.named(target, classPath),
        () -> entries.isEmpty() ? "" : OPTION + ShellWord.of(entries));
  }

  private static String place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return "";
    }
    try {
      return OPTION + ShellWord.of(Path.of(source.getLocation().toURI()).toString());
    } catch (URISyntaxException e) {
      return "";
    }
  }
}
