package io.vtlb.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/** The second formulation shares no meaning with what it is compared with. */
class FormulationApartTest {

  @Test
  void itUsesOnlyTheVocabulary() {
    classes()
        .that()
        .resideInAPackage("io.vtlb.conformance.sweep.manual")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "io.vtlb.conformance.sweep.manual",
            "io.vtlb.model.machine",
            "io.vtlb.model.target")
        .because("a mistake of the walker must not be made twice")
        .check(Module.CONFORMANCE.classes());
  }

  /** They are vocabulary, but what they say is what is compared. */
  @Test
  void itAsksTheVocabularyNothingAboutKeysOrPrivilege() {
    noClasses()
        .that()
        .resideInAPackage("io.vtlb.conformance.sweep.manual")
        .should()
        .dependOnClassesThat()
        .haveSimpleName("ProtectionKeyRights")
        .because("the manual's table of keys is written out")
        .check(Module.CONFORMANCE.classes());
  }
}
