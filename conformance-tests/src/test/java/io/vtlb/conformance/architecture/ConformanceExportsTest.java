package io.vtlb.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.cli.Main;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The way into the kit from a user's tests: two packages, over libraries that the user brings. */
class ConformanceExportsTest {

  private static final String JUNIT = "io.vtlb.conformance.junit";
  private static final String JQWIK = "io.vtlb.conformance.jqwik";

  private final ModuleDescriptor kit = Main.class.getModule().getDescriptor();

  @Test
  void nothingElseIsExported() {
    assertEquals(
        Set.of(JUNIT, JQWIK),
        kit.exports().stream()
            .filter(one -> !one.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet()));
  }

  @Test
  void theCommandLineRunsWithoutThem() {
    Set<String> needed =
        kit.requires().stream()
            .filter(one -> !one.modifiers().contains(Requires.Modifier.STATIC))
            .map(Requires::name)
            .collect(Collectors.toSet());
    assertTrue(
        needed.stream().noneMatch(name -> name.contains("junit") || name.contains("jqwik")),
        needed::toString);
    noClasses()
        .that()
        .resideOutsideOfPackages(JUNIT, JQWIK)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(JUNIT, JQWIK)
        .because("what is optional is loaded by whoever asks for it")
        .check(Module.CONFORMANCE.classes());
    noClasses()
        .that()
        .resideOutsideOfPackages(JUNIT, JQWIK, "io.vtlb.conformance.bench.jqwik")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.junit..", "org.opentest4j..", "net.jqwik..")
        .because("only tests need a test framework")
        .check(Module.CONFORMANCE.classes());
  }

  @Test
  void eachNeedsOneFrameworkOnly() {
    noClasses()
        .that()
        .resideInAPackage(JUNIT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("net.jqwik..", JQWIK)
        .because("whoever writes no properties needs no jqwik")
        .check(Module.CONFORMANCE.classes());
    noClasses()
        .that()
        .resideInAPackage(JQWIK)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.junit..", "org.opentest4j..", JUNIT)
        .because("properties may be run without JUnit Jupiter")
        .check(Module.CONFORMANCE.classes());
  }

  /** Else a test on the module path could not call it. */
  @Test
  void whatIsPublicThereNamesNothingThatIsNotExported() {
    classes()
        .that()
        .resideInAnyPackage(JUNIT, JQWIK)
        .and()
        .arePublic()
        .should(new NamingOnlyWhatUsersSee())
        .check(Module.CONFORMANCE.classes());
  }
}
