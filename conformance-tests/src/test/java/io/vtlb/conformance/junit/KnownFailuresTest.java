package io.vtlb.conformance.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.expectation.Expectation;
import io.vtlb.conformance.expectation.ExpectationsFile;
import io.vtlb.conformance.fault.FaultLibrary;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures that are known are skips, and failures once they are gone. */
class KnownFailuresTest {

  private static final Supplier<Target> WRONG =
      FaultLibrary.byName("invlpg-ignored").orElseThrow()::target;
  private static final String LINK = "https://example.org/17";

  @TempDir private Path folder;

  private Path listing(Rule rule, String... signature) throws IOException {
    Path file = folder.resolve("known.json");
    Optional<String> chosen = List.of(signature).stream().findFirst();
    ExpectationsFile.write(file, List.of(new Expectation(rule, chosen, LINK)));
    return file;
  }

  private Executed executed(Supplier<? extends Target> maker, Path known, String... rules) {
    return Executed.of(
        Conformance.of(maker).strategy("random").sequences(300).rules(rules).expectations(known),
        folder.resolve("traces"));
  }

  @Test
  void anExpectedFailureIsASkipWithItsLink() throws IOException {
    Executed executed = executed(WRONG, listing(Rule.TLB_1), "TLB-1", "PERIODIC-1", "DERIVE-1");
    assertTrue(executed.skipped().containsAll(List.of("TLB-1", "PERIODIC-1")));
    assertTrue(executed.passed().contains(Executed.STAYS));
    String message = executed.message("TLB-1");
    assertTrue(message.startsWith("TLB-1 fails as expected: in "), message);
    assertTrue(message.endsWith(": " + LINK), message);
    assertEquals(
        "PERIODIC-1 fails as expected: follows from TLB-1, which failed as expected",
        executed.message("PERIODIC-1"));
  }

  @Test
  void aFailureWithAnotherSignatureIsAFailure() throws IOException {
    Executed executed = executed(WRONG, listing(Rule.TLB_1, "00000000"), "TLB-1");
    assertEquals(List.of("TLB-1"), executed.failed());
    assertTrue(executed.message("TLB-1").contains("\n  known as: "), executed.message("TLB-1"));
  }

  @Test
  void anUnexpectedPassIsAFailure() throws IOException {
    Path file = listing(Rule.TLB_1, "3fa81c02");
    Executed executed = executed(ReferenceVmm::new, file, "TLB-1", "TLB-2");
    assertEquals(List.of("TLB-1"), executed.failed());
    assertTrue(executed.passed().contains("TLB-2"));
    assertEquals(
        "TLB-1 is expected to fail, and holds; take this out of "
            + file
            + ": TLB-1 (3fa81c02), "
            + LINK,
        executed.message("TLB-1"));
  }

  @Test
  void aFileThatIsNone() throws IOException {
    Conformance usual = Conformance.of(ReferenceVmm::new);
    Path file = Files.writeString(folder.resolve("known.json"), "{}");
    String message =
        assertThrows(IllegalArgumentException.class, () -> usual.expectations(file)).getMessage();
    assertEquals("expectations " + file + ": field \"version\": is missing", message);
  }
}
