package io.vtlb.conformance.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The project to copy keeps in step with the kit; that its tests pass, {@code .ci/run} sees. */
class ExampleProjectTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String EXAMPLE = "conformance-tests/examples/java";

  private static String text(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  private static String first(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), pattern);
    return matcher.group(1);
  }

  @Test
  void itDependsOnThisVersion() throws IOException {
    String version = first("<version>(.*)</version>", text("pom.xml"));
    assertEquals(version, first("<vtlb.version>(.*)</", text(EXAMPLE + "/pom.xml")));
    assertTrue(text("README.md").contains("<version>" + version + "</version>"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"junit.version", "jqwik.version"})
  void itTestsWithWhatTheKitTestsWith(String property) throws IOException {
    String element = "<" + property + ">(.*)</";
    assertEquals(first(element, text("pom.xml")), first(element, text(EXAMPLE + "/pom.xml")));
  }

  @Test
  void itIsAsShortAsIsSaid() throws IOException {
    long lines = 0;
    for (Path source : sources()) {
      lines += Files.readAllLines(source).size();
    }
    assertTrue(lines < 400, "the example has " + lines + " lines");
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(EXAMPLE + "/src/main/java"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void itIsTestedWhereEverythingIs() throws IOException {
    String checks = text(".ci/run");
    assertTrue(checks.contains("example=" + EXAMPLE + "\n"));
    assertTrue(checks.contains("\nrun mvn -B -ntp install\n"));
    assertTrue(checks.contains("\nrun mvn -B -ntp -f \"$example\" test\n"));
  }
}
