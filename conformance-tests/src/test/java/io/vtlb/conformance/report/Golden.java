package io.vtlb.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Texts as they must come out, word for word. */
final class Golden {

  private Golden() {}

  static void assertMatches(String name, String actual) throws IOException {
    try (InputStream file = Golden.class.getResourceAsStream(name)) {
      String expected =
          file == null
              ? "no file " + name
              : new String(file.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(expected, actual, "differs from src/test/resources/.../report/" + name);
    }
  }
}
