import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks or repairs the format of every Java source of the project, all of them in one JVM.
 *
 * <p>Run by Maven from the root, on the toolchain's JDK; argument: {@code check} or {@code write}.
 * Exits 1 if a file is not formatted (check) or cannot be parsed (both).
 */
final class Format {
  private static final String REPAIR = "mvn -q -N process-sources -Pformat";

  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean write = args[0].equals("write");
    List<Path> off;
    try (Stream<Path> files = sources()) {
      off = files.toList().parallelStream().filter(file -> !formatted(file, write)).toList();
    }
    off.forEach(file -> System.err.println((write ? "formatted: " : "not formatted: ") + file));
    if (!write && !off.isEmpty()) {
      System.err.println("to repair: " + REPAIR);
      System.exit(1);
    }
  }

  private static Stream<Path> sources() throws IOException {
    List<Path> roots = new ArrayList<>();
    for (Path parent : List.of(Path.of(""), Path.of("conformance-tests/examples"))) {
      try (Stream<Path> folders = Files.list(parent)) {
        folders.map(folder -> folder.resolve("src")).filter(Files::isDirectory).forEach(roots::add);
      }
    }
    return Stream.concat(
        Stream.of(Path.of(".ci/Format.java")),
        roots.stream().flatMap(Format::walk).filter(file -> file.toString().endsWith(".java")));
  }

  private static Stream<Path> walk(Path root) {
    try {
      return Files.walk(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean formatted(Path file, boolean write) {
    try {
      String before = Files.readString(file);
      String used = RemoveUnusedImports.removeUnusedImports(before);
      String ordered = ImportOrderer.reorderImports(used, JavaFormatterOptions.Style.GOOGLE);
      String after = new Formatter().formatSource(ordered);
      if (write && !after.equals(before)) {
        Files.writeString(file, after);
      }
      return after.equals(before);
    } catch (FormatterException e) {
      System.err.println(file + ":" + e.getMessage());
      System.exit(1);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
