package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/your-first-target.md} step by step, each with the verdict that it promises. */
class YourFirstTargetTest {

  private static final Path TUTORIAL =
      Path.of("").toAbsolutePath().resolveSibling("docs/your-first-target.md");
  private static final Pattern CODE = Pattern.compile("(?s)```python\n(.*?)```");
  private static final Pattern FIRST_LOOK = Pattern.compile("(?s)```\n(hello  .*?)```");
  private static final Pattern VERDICT = Pattern.compile("(?m)^(fails: broken: .*|conforms: .*)$");
  private static final Pattern METHOD = Pattern.compile("(?s)    def (\\w+)\\(.*?(?=\n    def |$)");

  @TempDir private Path place;

  @Test
  void everyStepHasTheVerdictThatItPromises() throws IOException {
    assumeTrue(hasPython(), "there is no python3 on the PATH");
    String tutorial = Files.readString(TUTORIAL);
    List<String> steps = CODE.matcher(tutorial).results().map(step -> step.group(1)).toList();
    List<String> verdicts = VERDICT.matcher(tutorial).results().map(MatchResult::group).toList();
    assertEquals(List.of(3, 4), List.of(steps.size(), verdicts.size()));
    Typed.of("new-target", "python", place.resolve("my-tlb")).assertExits(0);
    Path program = place.resolve("my-tlb/tlb.py");
    assertFirstLook(tutorial, Typed.of("smoke", "--target", "exec:python3 " + program));
    assertEquals(verdicts.getFirst(), verdict(program));
    for (int step = 0; step < steps.size(); step++) {
      Files.writeString(program, put(steps.get(step), Files.readString(program)));
      assertEquals(verdicts.get(step + 1), verdict(program), "after step " + (step + 1));
    }
  }

  private static void assertFirstLook(String tutorial, Typed typed) {
    typed.assertExits(1);
    Matcher shown = FIRST_LOOK.matcher(tutorial);
    assertTrue(shown.find());
    shown
        .group(1)
        .lines()
        .filter(line -> !line.equals("..."))
        .forEach(line -> assertTrue(typed.out().lines().anyMatch(line::equals), line));
  }

  private static String verdict(Path program) {
    Typed typed = Typed.of("verify", "--target", "exec:python3 " + program, "--strategy", "smt");
    return typed.out().lines().reduce((one, next) -> next).orElse("") + typed.err();
  }

  /** The program with these methods in the place of those of their names, others before invlpg. */
  private static String put(String methods, String program) {
    String changed = program;
    for (MatchResult method : METHOD.matcher(methods.stripTrailing()).results().toList()) {
      String text = method.group().stripTrailing() + "\n\n";
      Matcher old =
          Pattern.compile("(?s)    def " + method.group(1) + "\\(self.*?\n\n").matcher(changed);
      boolean found = old.find();
      int start = found ? old.start() : changed.indexOf("    def invlpg(");
      assertTrue(start > 0, method.group(1));
      changed = changed.substring(0, start) + text + changed.substring(found ? old.end() : start);
    }
    return changed;
  }

  private static boolean hasPython() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
  }
}
