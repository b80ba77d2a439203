package io.vtlb.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.foreign.Linker;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each module may depend on, whatever its module-info lets it see. */
class ModuleBoundariesTest {

  @Test
  void theModelDependsOnNothingButTheJdk() {
    classes()
        .that()
        .resideInAPackage("io.vtlb.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "io.vtlb.model..")
        .because("a hypervisor engineer reads it beside the manual")
        .check(Module.MODEL.classes());
  }

  @Test
  void theImplementationSharesOnlyTheVocabulary() {
    classes()
        .that()
        .resideInAPackage("io.vtlb.implementation..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "io.vtlb.implementation..",
            "io.vtlb.model.machine",
            "io.vtlb.model.operation",
            "io.vtlb.model.event",
            "io.vtlb.model.target",
            "io.vtlb.model.trace")
        .because("a mistake in shared semantics would hide")
        .check(Module.IMPLEMENTATION.classes());
  }

  @Test
  void theSpecificationKnowsNeitherImplementationNorKit() {
    noClasses()
        .that()
        .resideInAPackage("io.vtlb.specs..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vtlb.implementation..", "io.vtlb.conformance..")
        .because("it is a witness of its own")
        .check(Module.SPECS.classes());
  }

  @Test
  void nativeCodeIsCalledInFewPlaces() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.vtlb.conformance.library..", "io.vtlb.conformance.child..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Linker.class)
        .because("whoever calls native code can crash the kit")
        .check(Module.CONFORMANCE.classes());
  }

  @Test
  void callsOfNativeCodeAreNotJudged() {
    noClasses()
        .that()
        .resideInAPackage("io.vtlb.conformance.library..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vtlb.model.monitor..", "io.vtlb.model.reference..", "io.vtlb.conformance.verify..")
        .because("it only carries questions and answers")
        .check(Module.CONFORMANCE.classes());
  }

  @Test
  void whatNewTargetWritesDependsOnNothing() {
    classes()
        .that()
        .resideInAPackage("io.vtlb.conformance.starter")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "io.vtlb.conformance.starter")
        .because("a beginning is files; how a target is run is no part of it")
        .check(Module.CONFORMANCE.classes());
  }

  /** A module that was not found would make every rule about it void. */
  @ParameterizedTest
  @EnumSource
  void everyModuleIsReadWhole(Module module) {
    String own = "io.vtlb." + module.name().toLowerCase(Locale.ROOT);
    assertTrue(module.classes().stream().filter(JavaClass::isTopLevelClass).count() >= 3);
    assertTrue(
        module.classes().stream()
            .map(JavaClass::getPackageName)
            .allMatch(name -> name.isEmpty() || (name + ".").startsWith(own + ".")));
    assertTrue(
        module.classes().stream().noneMatch(type -> type.getSimpleName().endsWith("Test")),
        "tests are left out");
  }

  @Test
  void aRuleThatMatchesNoClassFails() {
    AssertionError failure =
        assertThrows(
            AssertionError.class,
            () ->
                noClasses()
                    .that()
                    .resideInAPackage("io.vtlb.misspelt..")
                    .should()
                    .bePublic()
                    .check(Module.MODEL.classes()));
    assertTrue(failure.getMessage().contains("failed to check any classes"), failure.getMessage());
  }
}
