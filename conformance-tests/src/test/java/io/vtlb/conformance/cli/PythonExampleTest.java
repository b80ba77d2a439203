package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example in Python conforms, and each of its mistakes is found. */
class PythonExampleTest {

  private static final Path PROGRAM = Path.of("examples/python/tlb.py").toAbsolutePath();

  @BeforeEach
  void needPython() {
    boolean there =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
    assumeTrue(there, "there is no python3 on the PATH");
  }

  private static Typed verify(String words, String sequences) {
    return Typed.of(
        "verify",
        "--target",
        "exec:" + words + "python3 '" + PROGRAM + "'",
        "--strategy",
        "random",
        "--sequences",
        sequences);
  }

  @Test
  void itConforms() {
    Typed typed = verify("", "300");
    typed.assertExits(0);
    assertTrue(typed.out().contains(" (level 3), mode mixed, "), typed.out());
    assertTrue(typed.out().endsWith("conforms: every rule that could be judged holds\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "accessed-bit-forgotten, AD-1",
    "clean-page-writable, DERIVE-3",
    "execute-disable-not-reserved-without-nxe, EVENT-3",
    "frame-number-truncated, DERIVE-1",
    "invlpg-ignored, TLB-1",
    "processor-not-flushed, PROC-1",
    "root-load-keeps-entries, TLB-2",
    "user-bit-ignored, EVENT-4",
  })
  void itsMistakesAreFound(String mistake, String rule) {
    Typed typed = verify("env VTLB_EXAMPLE_FAULT=" + mistake + " ", "200");
    typed.assertExits(1);
    assertTrue(typed.out().contains("\ncounterexample: " + rule + " (MUST) is broken\n"), mistake);
  }

  @Test
  void anUnknownMistakeIsRefused() {
    Typed typed = verify("env VTLB_EXAMPLE_FAULT=unheard-of ", "1");
    assertEquals(3, typed.code());
    assertTrue((typed.out() + typed.err()).contains("VTLB_EXAMPLE_FAULT is none of "));
  }
}
