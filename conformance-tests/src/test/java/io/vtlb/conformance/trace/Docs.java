package io.vtlb.conformance.trace;

import java.nio.file.Files;
import java.nio.file.Path;

/** The project's {@code docs} folder, wherever below the project's root a test runs. */
final class Docs {

  private Docs() {}

  static Path file(String name) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path file = folder.resolve("docs").resolve(name);
      if (Files.exists(file)) {
        return file;
      }
    }
    throw new AssertionError(
        "docs/" + name + " is in no folder above " + Path.of("").toAbsolutePath());
  }
}
