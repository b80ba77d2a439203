package io.vtlb.conformance.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.run.FreshTargets;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.implementation.IndexedVirtualTlb;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets by name, and why some names give none. */
class TargetsTest {

  private static Target fresh(TargetSource source) {
    return ((FreshTargets) source.open()).maker().get();
  }

  @Test
  void theShippedTargetsHaveNames() {
    assertInstanceOf(IndexedVirtualTlb.class, fresh(Targets.named("bundled", List.of())));
    assertInstanceOf(ReferenceVmm.class, fresh(Targets.named("reference", List.of())));
    assertEquals(
        "fault:invlpg-ignored",
        Targets.named("fault:invlpg-ignored", List.of()).description().name());
  }

  @Test
  void aClassIsMadeAnewForEachSequence() {
    TargetSource source = Targets.here("class:" + WrappedVmm.class.getName(), List.of());
    assertEquals("class:" + WrappedVmm.class.getName(), source.name());
    assertNotSame(fresh(source), fresh(source));
    assertInstanceOf(WrappedVmm.class, fresh(source));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          shadow              | there is no target 'shadow'
          ''                  | there is no target ''
          Bundled             | there is no target 'Bundled'
          fault:              | there is no fault ''
          fault:none-such     | there is no fault 'none-such'
          class:              | target class  cannot be loaded
          class:my.Missing    | target class my.Missing cannot be loaded
          class:my/Missing    | target class my/Missing cannot be loaded
          class:java.lang.Object | implements neither
          """)
  void otherNamesAreRefused(String name, String message) {
    UnusableTarget refused =
        assertThrows(UnusableTarget.class, () -> Targets.named(name, List.of()));
    assertEquals(
        1,
        refused.getMessage().lines().filter(line -> line.contains(message)).count(),
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "bundeld, bundled",
    "Bundled, bundled",
    "bundle, bundled",
    "refernce, reference",
    "fault:invlpg-ignord, fault:invlpg-ignored",
    "design:lasy, design:lazy",
    "pom.xml, exec:./pom.xml",
    "./pom.xml, exec:./pom.xml",
    "src/../pom.xml, exec:src/../pom.xml"
  })
  void whatWasProbablyMeantIsAsked(String name, String meant) {
    String message = refusal(name);
    assertTrue(message.endsWith("; did you mean " + meant + "?"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bndeld", "fault:invlpg", "design:lay-z", "no-such-file.so", "src", "b"})
  void nothingIsAskedWhereNothingIsNear(String name) {
    String message = refusal(name);
    assertFalse(message.contains("did you mean"), message);
  }

  @Test
  void aLibraryIsToldFromAProgram(@TempDir Path folder) throws IOException {
    for (String file : List.of("libtlb.so", "libtlb.dylib")) {
      Path library = Files.createFile(folder.resolve(file));
      String message = refusal(library.toString());
      assertTrue(message.endsWith("; did you mean lib:" + library + "?"), message);
    }
  }

  private static String refusal(String name) {
    return assertThrows(UnusableTarget.class, () -> Targets.named(name, List.of())).getMessage();
  }

  @Test
  void aMissingClassPathEntryIsNamed() {
    Path missing = Path.of("no", "such", "folder");
    UnusableTarget refused =
        assertThrows(UnusableTarget.class, () -> Targets.named("class:my.Tlb", List.of(missing)));
    assertEquals("--classpath: there is no file or folder " + missing, refused.getMessage());
  }
}
