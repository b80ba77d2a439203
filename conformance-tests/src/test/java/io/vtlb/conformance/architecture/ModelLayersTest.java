package io.vtlb.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inside the model: words before meanings, and each witness of the semantics apart. */
class ModelLayersTest {

  private static final String MODEL = "io.vtlb.model.";

  private static String[] packages(String... names) {
    return Stream.of(names).map(MODEL::concat).toArray(String[]::new);
  }

  @Test
  void theVocabularyKnowsNoSemantics() {
    noClasses()
        .that()
        .resideInAnyPackage(packages("machine", "operation", "event", "target", "trace"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            packages("memory", "control", "paging", "admissible", "reference", "rule", "monitor"))
        .because("whoever is tested sees the vocabulary, and must not see what is right")
        .check(Module.MODEL.classes());
  }

  @ParameterizedTest
  @CsvSource({
    "control, admissible, what a register write changes does not depend on what a TLB keeps",
    "control, reference, what a register write changes does not depend on who emulates it",
    "control, monitor, what a register write changes does not depend on who judges by it",
    "paging, admissible, what a walk means does not depend on what a TLB keeps",
    "paging, reference, what a walk means does not depend on who uses it",
    "paging, monitor, what a walk means does not depend on who judges by it",
    "admissible, reference, what is admissible is not what one VMM does",
    "admissible, monitor, what is admissible does not depend on how it is judged",
    "reference, admissible, the reference VMM must not be right by definition",
    "reference, monitor, the reference VMM is judged like any other",
    "reference, memory, the reference VMM sees memory as every target does",
    "monitor, reference, the judge does not compare with one VMM"
  })
  void oneDoesNotKnowTheOther(String one, String other, String reason) {
    noClasses()
        .that()
        .resideInAPackage(MODEL + one)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(MODEL + other)
        .because(reason)
        .check(Module.MODEL.classes());
  }
}
