package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What works is found by trying it; what is missing comes with a remedy. */
class DoctorCommandTest {

  @Test
  void whatIsNeededWorksWhereTheTestsRun() {
    Typed typed = Typed.of("doctor");
    typed.assertExits(0);
    assertTrue(typed.out().contains("works    Java: " + Runtime.version()), typed.out());
    assertTrue(typed.out().contains("works    worker: a child process starts"), typed.out());
    assertTrue(typed.out().endsWith("\neverything that is needed works here\n"), typed.out());
  }

  @Test
  void everyPartThatIsMissingHasARemedy() {
    Typed typed = Typed.of("doctor", "--json");
    typed.assertExits(0);
    JsonNode json = typed.json();
    assertTrue(json.get("works").asBoolean());
    List<String> names = new ArrayList<>();
    for (JsonNode part : json.get("parts")) {
      names.add(part.get("name").asString());
      assertFalse(part.get("use").asString().isEmpty());
      assertEquals(part.get("works").asBoolean(), part.get("remedy").asString().isEmpty());
    }
    assertEquals(
        List.of(
            "Java",
            "temporary files",
            "worker",
            "generated set",
            "/proc",
            "Z3",
            "emulator",
            "C compiler",
            "Python",
            "Rust"),
        names);
  }
}
