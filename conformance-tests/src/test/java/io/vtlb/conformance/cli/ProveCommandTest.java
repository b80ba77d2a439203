package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code vtlb prove} as a user types it. */
class ProveCommandTest {

  @Test
  void aTheoremIsProved() {
    Typed typed = Typed.of("prove", "ISOLATE-2", "--fresh");
    typed.assertExits(0);
    assertTrue(typed.out().matches("(?s).*\nISOLATE-2 +proved +\\d+\n.*"), typed.out());
    assertTrue(typed.out().endsWith("\nproved: 1 of 1 theorems\n"), typed.out());
  }

  @Test
  void theDocumentHasTheKeysThatArePublic() {
    JsonNode json = Typed.of("prove", "PRIV-2", "--fresh", "--json").json();
    assertEquals(2, json.size());
    JsonNode first = json.get(0);
    assertEquals("PRIV-2", first.path("theorem").asString());
    assertEquals("PRIV-2", first.path("rule").asString());
    assertEquals("proved", first.path("result").asString());
    assertTrue(first.path("millis").isIntegralNumber());
  }

  @Test
  void aRuleThatThereIsNotIsSaidInOneLine() {
    Typed typed = Typed.of("prove", "PARTIAL-9");
    assertEquals(2, typed.code());
    assertTrue(typed.err().startsWith("vtlb: there is no rule 'PARTIAL-9'"), typed.err());
    assertEquals(1, typed.err().lines().count());
  }

  @Test
  void filesAreWrittenForOtherSolvers(@TempDir Path folder) throws IOException {
    Typed.of("prove", "INIT-1", "--flatten", folder).assertExits(0);
    String file = Files.readString(folder.resolve("INIT-1.smt2"));
    assertTrue(file.startsWith("(set-logic ALL)\n"), file);
    assertEquals(2, file.split("\\(check-sat\\)", -1).length - 1);
    assertTrue(Files.exists(folder.resolve("twins/INIT-1.starts-mapped.smt2")));
  }
}
