package io.vtlb.conformance.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** The public methods of a class take and return what every user of the modules can name. */
final class NamingOnlyWhatUsersSee extends ArchCondition<JavaClass> {

  private static final Set<String> SEEN =
      Set.of(
          "io.vtlb.model.machine",
          "io.vtlb.model.operation",
          "io.vtlb.model.event",
          "io.vtlb.model.target",
          "io.vtlb.model.trace",
          "io.vtlb.conformance.junit",
          "io.vtlb.conformance.jqwik");

  NamingOnlyWhatUsersSee() {
    super("name only exported types in public methods");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    type.getCodeUnits().stream()
        .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
        .forEach(unit -> {
          check(unit.getFullName(), unit.getRawReturnType(), type, events);
          unit.getRawParameterTypes().forEach(one -> check(unit.getFullName(), one, type, events));
        });
  }

  private static void check(String where, JavaClass named, JavaClass type, ConditionEvents events) {
    String home = named.getBaseComponentType().getPackageName();
    boolean seen = !home.startsWith("io.vtlb.") || SEEN.contains(home);
    events.add(new SimpleConditionEvent(type, seen, where + " names " + named.getName()));
  }
}
