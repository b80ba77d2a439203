package io.vtlb.conformance.library;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.generate.SequenceGenerator;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.SequenceRun;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.model.rule.Rule;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example in C is right, and each of its mistakes on purpose is found. */
class ExampleLibraryTest {

  private static final Path EXAMPLE = Path.of("examples", "c");
  private static final String FAULT = "VTLB_EXAMPLE_FAULT";
  private static final int SEQUENCES = 60;
  private static final int MOST_SEQUENCES = 600;

  @TempDir private static Path folder;
  private static NativeLibrary library;

  @BeforeAll
  static void open() throws IOException, InterruptedException, UnusableLibrary {
    Path source = EXAMPLE.resolve("tlb.c");
    assumeTrue(Files.exists(source), "the example is not there");
    library = NativeLibrary.open(CCompiler.library(source, folder.resolve("libtlb.so")));
  }

  @AfterAll
  static void close() {
    if (library != null) {
      library.close();
    }
  }

  private static RunOutcome run(SequenceGenerator generator, long number) {
    try (NativeTlb tlb = library.fresh()) {
      return SequenceRun.of(
          generator.sequence(number), tlb, EnumSet.allOf(Rule.class), StepListener.NONE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void itConforms(ModeChoice modes) {
    SequenceGenerator generator = SequenceGenerator.fitting(library.description(), 7, 40, modes);
    for (int number = 0; number < SEQUENCES; number++) {
      RunOutcome outcome = run(generator, number);
      if (!(outcome instanceof RunOutcome.Conforms)) {
        fail(modes + " " + number + ": " + outcome);
      }
    }
  }

  @Test
  void eachMistakeIsFound() throws IOException {
    List<String> faults = faults();
    assertFalse(faults.isEmpty());
    SequenceGenerator generator =
        SequenceGenerator.fitting(library.description(), 7, 40, ModeChoice.MIXED);
    for (String fault : faults) {
      setEnvironment(fault);
      try {
        assertEquals("found", search(generator), fault);
      } finally {
        setEnvironment("");
      }
    }
  }

  private static String search(SequenceGenerator generator) {
    for (int number = 0; number < MOST_SEQUENCES; number++) {
      switch (run(generator, number)) {
        case RunOutcome.Conforms conforms -> {}
        case RunOutcome.Violated violated -> {
          return "found";
        }
        case RunOutcome.Misbehaved misbehaved -> {
          return misbehaved.misbehaviour().told();
        }
      }
    }
    return "not found";
  }

  /** The names of the mistakes, as the example lists them. */
  private static List<String> faults() throws IOException {
    String header = Files.readString(EXAMPLE.resolve("fault.h"));
    int start = header.indexOf("FAULTS[]");
    String list = header.substring(start, header.indexOf(';', start));
    return Pattern.compile("[a-z]+(-[a-z]+)+")
        .matcher(list)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  /** Java can only change the environment of processes that it starts. */
  @SuppressWarnings("restricted")
  private static void setEnvironment(String fault) {
    Linker linker = Linker.nativeLinker();
    var type = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    try (Arena arena = Arena.ofConfined()) {
      var name = arena.allocateFrom(FAULT);
      var value = arena.allocateFrom(fault);
      var setenv = linker.downcallHandle(linker.defaultLookup().findOrThrow("setenv"), type);
      assertEquals(0, (int) setenv.invokeExact(name, value, 1));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
