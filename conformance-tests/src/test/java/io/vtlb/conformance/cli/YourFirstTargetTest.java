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
  private static final Pattern COUNTEREXAMPLES =
      Pattern.compile("(?s)```\n(counterexample: .*?)```");
  private static final Pattern VERDICT = Pattern.compile("(?m)^(fails: broken: .*|conforms: .*)$");
  private static final Pattern METHOD = Pattern.compile("(?s)    def (\\w+)\\(.*?(?=\n    def |$)");

  @TempDir private Path place;

  @Test
  void everyStepHasTheVerdictThatItPromises() throws IOException {
    assumeTrue(hasPython(), "there is no python3 on the PATH");
    String tutorial = Files.readString(TUTORIAL);
    List<String> steps = CODE.matcher(tutorial).results().map(step -> step.group(1)).toList();
    List<String> verdicts = VERDICT.matcher(tutorial).results().map(MatchResult::group).toList();
    List<String> shown = shown(COUNTEREXAMPLES, tutorial);
    assertEquals(List.of(3, 4, 2), List.of(steps.size(), verdicts.size(), shown.size()));
    Typed.of("new-target", "python", place.resolve("my-tlb")).assertExits(0);
    Path program = place.resolve("my-tlb/tlb.py");
    Typed look = Typed.of("smoke", "--target", "exec:python3 " + program);
    look.assertExits(1);
    assertPrinted(shown(FIRST_LOOK, tutorial).getFirst(), look);
    for (int step = 0; step < verdicts.size(); step++) {
      if (step > 0) {
        Files.writeString(program, put(steps.get(step - 1), Files.readString(program)));
      }
      Typed run = verify(program);
      assertEquals(verdicts.get(step), verdict(run), "after step " + step);
      if (step < shown.size()) {
        assertPrinted(shown.get(step), run);
      }
    }
  }

  private static List<String> shown(Pattern quote, String tutorial) {
    return quote.matcher(tutorial).results().map(found -> found.group(1)).toList();
  }

  /** Every line that is quoted is one that was printed; dots stand for others. */
  private static void assertPrinted(String quoted, Typed typed) {
    quoted
        .lines()
        .filter(line -> !line.equals("..."))
        .forEach(line -> assertTrue(typed.out().lines().anyMatch(line::equals), line));
  }

  private static Typed verify(Path program) {
    return Typed.of("verify", "--target", "exec:python3 " + program, "--strategy", "smt");
  }

  private static String verdict(Typed run) {
    return run.out().lines().reduce((one, next) -> next).orElse("") + run.err();
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
