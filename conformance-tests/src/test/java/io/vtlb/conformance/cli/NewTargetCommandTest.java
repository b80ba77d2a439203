package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code vtlb new-target} as a user types it. */
class NewTargetCommandTest {

  @TempDir private Path place;

  @Test
  void whatIsThereNowAndWhatToTypeNextIsSaid() {
    Path folder = place.resolve("mine");
    Typed typed = Typed.of("new-target", "Python", folder);
    typed.assertExits(0);
    assertEquals(
        """
        %s has the beginning of a target: tlb.py

        next:
          ./vtlb verify --target 'exec:python3 %s/tlb.py'
        """
            .formatted(folder, folder),
        typed.out());
    assertTrue(Files.isRegularFile(folder.resolve("tlb.py")));
  }

  @Test
  void inJson() {
    Typed typed = Typed.of("new-target", "c", place.resolve("mine"), "--json");
    assertEquals(0, typed.code());
    JsonNode json = typed.json();
    assertEquals("c", json.get("language").asString());
    assertEquals(place.resolve("mine").toString(), json.get("folder").asString());
    assertEquals("Makefile", json.at("/files/0").asString());
    assertTrue(json.at("/next/0").asString().startsWith("make -C "));
  }

  @Test
  void badInputIsRefusedInOneLine() throws IOException {
    Path folder = place.resolve("mine");
    Typed.of("new-target", "go", folder)
        .assertRefused("no template for 'go'; choose from java, c, python, rust");
    Typed.of("new-target", "python").assertRefused("DIR");
    Typed.of("new-target", "python", "").assertRefused("DIR");
    Typed.of("new-target", "python", "a\0b").assertRefused("DIR");
    assertFalse(Files.exists(folder));
    Path file = Files.createFile(place.resolve("file"));
    Typed.of("new-target", "python", place).assertRefused(place + " is not empty");
    Typed.of("new-target", "python", file).assertRefused(file + " is a file");
    Typed.of("new-target", "python", file.resolve("x")).assertRefused("cannot write to " + file);
  }
}
