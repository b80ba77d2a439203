package io.vtlb.conformance.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The source files of this repository. */
final class SourceTree {

  private static final Path ROOT = root();

  private SourceTree() {}

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("specs/src"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new AssertionError("no folder above the working directory is the repository");
      }
    }
    return folder;
  }

  static String read(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  /** The source of a class of some module's tests. */
  static Optional<String> test(String className) throws IOException {
    String path = "src/test/java/" + className.replace('.', '/') + ".java";
    try (Stream<Path> modules = Files.list(ROOT)) {
      Optional<Path> file =
          modules.map(module -> module.resolve(path)).filter(Files::isRegularFile).findFirst();
      return file.isEmpty() ? Optional.empty() : Optional.of(Files.readString(file.get()));
    }
  }

  /** True if a source declares a method of this name, and does not only call it. */
  static boolean declares(String source, String method) {
    return Pattern.compile(
            "^  (?:static |public |private )*[\\w<>]+ " + Pattern.quote(method) + "\\(",
            Pattern.MULTILINE)
        .matcher(source)
        .find();
  }
}
