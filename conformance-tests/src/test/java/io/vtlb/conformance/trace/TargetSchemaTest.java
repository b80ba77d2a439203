package io.vtlb.conformance.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema of the target protocol says what kit and targets really say. */
class TargetSchemaTest {

  private static final Schema SCHEMA = load();

  @TempDir private Path folder;

  private static Schema load() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Files.readString(Docs.file("protocol/target.schema.json")));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void assertValid(String line) {
    assertEquals(List.of(), SCHEMA.validate(line, InputFormat.JSON), line);
  }

  @Test
  void theDocumentedConversationIsValid() throws IOException {
    List<String> lines =
        Files.readAllLines(Docs.file("protocol/README.md")).stream()
            .filter(line -> line.startsWith("> {") || line.startsWith("< {"))
            .map(line -> line.substring(2))
            .toList();
    assertTrue(lines.size() >= 16, "too few lines were found: " + lines.size());
    lines.forEach(TargetSchemaTest::assertValid);
  }

  @Test
  void aRealConversationIsValid() throws IOException {
    assumeTrue(
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "python3"))),
        "there is no python3 on the PATH");
    Path asked = folder.resolve("asked");
    Path answered = folder.resolve("answered");
    Path program = Path.of("examples/python/tlb.py").toAbsolutePath();
    String target =
        "exec:sh -c \"tee -a '%s' | python3 '%s' | tee -a '%s'\""
            .formatted(asked, program, answered);
    Verification run =
        Verifier.verify(
            new VerificationPlan(
                Targets.named(target, List.of()),
                3,
                40,
                Optional.empty(),
                40,
                ModeChoice.MIXED,
                VerificationPlan.everyRule(),
                1,
                1),
            Progress.NONE);
    assertEquals(List.of(), run.crashes());
    for (Path file : List.of(asked, answered)) {
      List<String> lines = Files.readAllLines(file);
      assertTrue(lines.size() > 500, file + " has only " + lines.size() + " lines");
      lines.forEach(TargetSchemaTest::assertValid);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"n\":0}",
        "{\"n\":1,\"action\":\"sleep\"}",
        "{\"n\":1,\"action\":\"inject-page-fault\"}",
        "{\"n\":1,\"entries\":[{\"page\":\"0x1\",\"pages\":3,\"hostFrame\":\"0x1\",\"rights\":\"r--\"}]}",
        "{\"n\":1,\"entries\":[{\"page\":\"0x1\",\"pages\":1,\"hostFrame\":\"0x1\",\"rights\":\"rwz\"}]}",
        "{\"n\":1,\"drops\":[{\"drop\":\"page\",\"vm\":0,\"vcpu\":0}],\"action\":\"resume\"}",
        "{\"n\":1,\"request\":\"sleep\"}",
        "{\"n\":1,\"request\":\"follow\",\"op\":\"load\",\"vm\":0,\"vcpu\":0,\"address\":\"0x0\"}",
        "{\"n\":1,\"more\":true}"
      })
  void nonsenseIsRefused(String line) {
    assertFalse(SCHEMA.validate(line, InputFormat.JSON).isEmpty(), line);
  }
}
