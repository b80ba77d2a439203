package io.vtlb.conformance.design.adversary;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import java.util.ArrayList;
import java.util.List;

/** One course that an access may take at this moment. */
sealed interface Course {

  /** It faults with this code. */
  record Faults(FaultCode code) implements Course {}

  /**
   * It completes through this translation.
   *
   * @param walked the entries that a walk has just read, whose A and D have to be set; none for a
   *     translation that a TLB may have held
   */
  record Completes(Translation translation, List<GuestWalk.Step> walked) implements Course {}

  /** Every course of an access: by each cached translation, and by each walk. */
  static List<Course> of(Access access, AdversaryCpu cpu, AdversaryMachine machine) {
    Walker walker = machine.walker();
    List<Course> courses = new ArrayList<>(4);
    for (Translation held : cpu.admissible().at(access.page())) {
      if (!Permission.permits(held, access, cpu.control())) {
        if (walker.profile().spuriousFaults() && cpu.admissible().mayDeny(held, access.page())) {
          courses.add(new Faults(Permission.denied(held, access, cpu.control())));
        }
      } else if (!access.isStore() || held.dirty()) {
        courses.add(new Completes(held, List.of()));
      }
    }
    boolean mayFault = walker.profile().spuriousFaults() || faultsFromRoot(access, cpu, machine);
    for (PartialWalk start : cpu.walksTo(access.page())) {
      GuestWalk walk = walker.walkFrom(start, machine.memory(), cpu.control(), access.page());
      machine.mirror().look(walk);
      Course course = of(walk, access, cpu);
      if (course instanceof Completes || mayFault || start.depth() == 0) {
        courses.add(course);
      }
    }
    return courses;
  }

  /** A fault that only a cached walk comes to is spurious. */
  private static boolean faultsFromRoot(Access access, AdversaryCpu cpu, AdversaryMachine machine) {
    GuestWalk walk = machine.walker().walk(machine.memory(), cpu.control(), access.page());
    machine.mirror().look(walk);
    return of(walk, access, cpu) instanceof Faults;
  }

  private static Course of(GuestWalk walk, Access access, AdversaryCpu cpu) {
    return switch (walk.end()) {
      case GuestWalk.End.NotPresent() -> new Faults(Permission.notPresent(access, cpu.control()));
      case GuestWalk.End.Reserved() -> new Faults(Permission.reserved(access, cpu.control()));
      case GuestWalk.End.Reached(Translation found) ->
          Permission.permits(found, access, cpu.control())
              ? new Completes(found, walk.steps())
              : new Faults(Permission.denied(found, access, cpu.control()));
    };
  }
}
