package io.vtlb.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import org.junit.jupiter.api.Test;

/** A witness that shared the model's semantics would share its mistakes. */
class WitnessesApartTest {

  @Test
  void theEmulatorKnowsNoWalk() {
    noClasses()
        .that()
        .resideInAPackage("io.vtlb.conformance.emulator")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Walker.class, Permission.class, Translation.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vtlb.model.admissible",
            "io.vtlb.model.control",
            "io.vtlb.model.reference",
            "io.vtlb.model.monitor",
            "io.vtlb.conformance.emulator.comparison")
        .because("it only runs what it is given")
        .check(Module.CONFORMANCE.classes());
  }

  @Test
  void theEvaluatorOfDefinitionsKnowsNoModel() {
    noClasses()
        .that()
        .resideInAPackage("io.vtlb.specs.evaluation")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vtlb.model..")
        .because("the definitions are compared with the model by it")
        .check(Module.SPECS.classes());
  }
}
