package io.vtlb.conformance.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.smoke.Smoke;
import io.vtlb.conformance.smoke.Tried;
import io.vtlb.conformance.starter.Language;
import io.vtlb.conformance.starter.Starter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user reads of a first look. After a change that is meant, the files are made again from
 * the output of {@code ./vtlb smoke --target …}, without its last line.
 */
class SmokeTextTest {

  @TempDir private Path place;

  private static String text(String target) {
    StringBuilder text = new StringBuilder();
    Tried tried = Smoke.of(target, List.of(), Limits.USUAL, row -> text.append(SmokeText.of(row)));
    return text.append('\n').append(SmokeText.end(tried)).append('\n').toString();
  }

  @Test
  void ofABeginningInPython() throws IOException {
    boolean there =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
    assumeTrue(there, "there is no python3 on the PATH");
    Path folder = place.resolve("tlb");
    new Starter(Language.PYTHON, folder).write();
    Golden.assertMatches(
        "smoke-starter.txt", text("exec:python3 '" + folder.resolve("tlb.py") + "'"));
  }

  @Test
  void ofAFlushThatIsIgnored() throws IOException {
    Golden.assertMatches("smoke-invlpg-ignored.txt", text("fault:invlpg-ignored"));
  }
}
