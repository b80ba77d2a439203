package io.vtlb.conformance.target;

import io.vtlb.conformance.starter.ShellWord;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file that was given in the place of a target's name. */
final class TargetFile {

  private TargetFile() {}

  /** A question that ends a message, if there is such a file; otherwise nothing. */
  static String question(String name) {
    return isFile(name) ? "; did you mean " + ShellWord.of(kind(name) + place(name)) + "?" : "";
  }

  private static boolean isFile(String name) {
    try {
      return !name.isEmpty() && Files.isRegularFile(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String kind(String name) {
    return name.endsWith(".so") || name.endsWith(".dylib") ? "lib:" : "exec:";
  }

  /** A command without a folder would be looked for on the PATH. */
  private static String place(String name) {
    return Path.of(name).getNameCount() == 1 && !Path.of(name).isAbsolute() ? "./" + name : name;
  }
}
