package io.vtlb.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What holds in every module: no cycles, no names that say nothing, no open classes. */
class EveryModuleTest {

  private static final Pattern EMPTY_NAME =
      Pattern.compile(".*(?:Utils?|Common|Helpers?|Managers?|Impl|Misc)(?:[A-Z].*)?");
  private static final String[] EMPTY_PACKAGES = {
    "..util..",
    "..utils..",
    "..common..",
    "..helper..",
    "..helpers..",
    "..manager..",
    "..managers..",
    "..impl..",
    "..misc.."
  };

  @ParameterizedTest
  @EnumSource(names = {"MODEL", "SPECS", "CONFORMANCE"})
  void packagesHaveNoCycles(Module module) {
    slices()
        .matching("io.vtlb.*.(*)..")
        .should()
        .beFreeOfCycles()
        .because("each package is one idea, read in some order")
        .check(module.classes());
  }

  /** One package has no order; when there are more, the rule above is for this module, too. */
  @ParameterizedTest
  @EnumSource(
      names = {"MODEL", "SPECS", "CONFORMANCE"},
      mode = Mode.EXCLUDE)
  void theOtherModulesAreOnePackage(Module module) {
    assertTrue(
        module.classes().stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.isEmpty())
                .distinct()
                .count()
            == 1);
  }

  @ParameterizedTest
  @EnumSource
  void noPackageHasANameThatSaysNothing(Module module) {
    noClasses()
        .should()
        .resideInAnyPackage(EMPTY_PACKAGES)
        .because("a package is named after what it holds")
        .check(module.classes());
  }

  @ParameterizedTest
  @EnumSource
  void noClassHasANameThatSaysNothing(Module module) {
    noClasses()
        .should(ArchConditions.be(new NamedAfterNothing()))
        .because("a class is named after what it is")
        .check(module.classes());
  }

  @Test
  void emptyNamesAreToldFromOthers() {
    for (String empty : new String[] {"Utils", "TraceUtil", "ImplTlb", "CommonEntry", "XHelper"}) {
      assertTrue(EMPTY_NAME.matcher(empty).matches(), empty);
    }
    for (String good : new String[] {"Implementation", "Utility", "Misread", "Commons", "Main"}) {
      assertFalse(EMPTY_NAME.matcher(good).matches(), good);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPublicIsNotOpenToSubclasses(Module module) {
    classes()
        .that()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .should(beClosed())
        .because("others build on values and interfaces, by composition")
        .check(module.classes());
  }

  private static ArchCondition<JavaClass> beClosed() {
    return ArchConditions.<JavaClass>be(
        DescribedPredicate.describe(
            "final, a record, an enum or an interface",
            type ->
                type.getModifiers().contains(JavaModifier.FINAL)
                    || type.isRecord()
                    || type.isEnum()
                    || type.isInterface()));
  }

  /** A class whose name has a word that any class could have. */
  private static final class NamedAfterNothing extends DescribedPredicate<JavaClass> {

    NamedAfterNothing() {
      super("named util, common, helper, manager, impl or misc");
    }

    @Override
    public boolean test(JavaClass type) {
      return EMPTY_NAME.matcher(type.getSimpleName()).matches();
    }
  }
}
