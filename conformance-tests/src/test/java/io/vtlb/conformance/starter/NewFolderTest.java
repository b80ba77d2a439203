package io.vtlb.conformance.starter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of files comes into being whole or not at all. */
class NewFolderTest {

  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir private Path place;

  private static List<Path> content(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(folder::relativize)
          .filter(each -> !each.toString().isEmpty())
          .sorted()
          .toList();
    }
  }

  @Test
  void aFolderIsMadeWithAllThatLeadsThere() throws IOException {
    Path folder = place.resolve("a/b/c");
    NewFolder.write(folder, Map.of("x", CONTENT, "src/y", CONTENT));
    assertEquals(List.of(Path.of("src"), Path.of("src/y"), Path.of("x")), content(folder));
    assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("src/y")));
  }

  @Test
  void anEmptyFolderIsFilled() throws IOException {
    NewFolder.write(place, Map.of("x", CONTENT));
    assertEquals(List.of(Path.of("x")), content(place));
  }

  @Test
  void whatStandsThereIsLeftAlone() throws IOException {
    Path file = Files.write(place.resolve("mine"), CONTENT);
    IOException refused =
        assertThrows(IOException.class, () -> NewFolder.write(place, Map.of("mine", new byte[0])));
    assertTrue(String.valueOf(refused.getMessage()).endsWith(" is not empty; name a new folder"));
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    assertThrows(IOException.class, () -> NewFolder.write(file, Map.of("x", CONTENT)));
    assertThrows(IOException.class, () -> NewFolder.write(file.resolve("x"), Map.of("x", CONTENT)));
    assertEquals(List.of(Path.of("mine")), content(place));
  }

  /** The second file cannot be written, since the first stands where its folder would be. */
  @Test
  void whatFailsHalfwayLeavesNothing() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("x", CONTENT);
    files.put("x/y", CONTENT);
    assertThrows(IOException.class, () -> NewFolder.write(place.resolve("a/b"), files));
    assertFalse(Files.exists(place.resolve("a")));
    assertThrows(IOException.class, () -> NewFolder.write(place, files));
    assertEquals(List.of(), content(place));
  }
}
