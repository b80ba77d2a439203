package io.vtlb.conformance.sweep;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import java.util.ArrayList;
import java.util.List;

/**
 * A combination that the two sides disagree on, in words.
 *
 * @param mode the mode's name
 * @param number its number in the mode
 * @param section which part of the mode's sweep
 * @param entries the entries from the root down, by name, in hexadecimal
 * @param control the control registers and the processor
 * @param access the access
 * @param model what the model says
 * @param formulation what the second formulation says
 */
public record Disagreement(
    String mode,
    long number,
    Section section,
    List<String> entries,
    String control,
    String access,
    Outcome model,
    Outcome formulation) {

  static Disagreement at(SweptMode mode, long number, Subject.Source subjects) {
    SpaceSweep sweep =
        new SpaceSweep(mode.space(number), subjects.of(mode.space(number).profile()));
    long inSpace = mode.inSpace(number);
    Outcome model = sweep.subjectOutcome(inSpace);
    Outcome formulation = sweep.formulationOutcome(inSpace);
    return new Disagreement(
        mode.name(),
        number,
        sweep.space().section(),
        entries(sweep),
        control(sweep.space()),
        access(sweep.access(inSpace)),
        model,
        formulation);
  }

  private static List<String> entries(SpaceSweep sweep) {
    List<String> entries = new ArrayList<>();
    for (int level = 0; level < sweep.formulation().used(); level++) {
      entries.add(
          "%s 0x%x"
              .formatted(
                  sweep.space().mode().level(level).name(), sweep.formulation().word(level)));
    }
    return entries;
  }

  private static String control(Space space) {
    ControlState control = space.control();
    return "CR0 0x%x, CR3 0x%x, CR4 0x%x, EFER 0x%x, %s with MAXPHYADDR %d and %s"
        .formatted(
            control.cr0(),
            control.cr3(),
            control.cr4(),
            control.efer(),
            space.profile().vendor(),
            space.profile().physicalAddressBits(),
            space.profile().capabilities());
  }

  private static String access(Access access) {
    return "%s by %s at 0x%x, PKRU 0x%x"
        .formatted(access.kind(), access.set(), access.address(), access.pkru());
  }

  @Override
  public String toString() {
    return """
    combination %d of %s (%s)
      entries      %s
      control      %s
      access       %s
      model        %s
      formulation  %s
    """
        .formatted(
            number,
            mode,
            section.title(),
            String.join(", ", entries),
            control,
            access,
            model,
            formulation);
  }
}
