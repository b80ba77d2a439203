package io.vtlb.specs.generate;

import com.microsoft.z3.Model;
import io.vtlb.model.event.EventCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a solver's solution says, as a scenario. */
final class Solutions {

  private static final List<String> ACTIVE =
      List.of("active-supervisor", "active-user", "active-ac");

  private final TransitionSystem system;
  private final Unrolling unrolling;

  Solutions(TransitionSystem system, Unrolling unrolling) {
    this.system = system;
    this.unrolling = unrolling;
  }

  /** The scenario of the steps up to one, from 0. */
  Scenario scenario(String world, Goal goal, Model model, int last) {
    List<Prediction> steps = new ArrayList<>();
    for (int step = 0; step <= last; step++) {
      steps.add(prediction(model, step));
    }
    return new Scenario(world, goal, start(model), steps);
  }

  private Prediction prediction(Model model, int step) {
    Value cause = unrolling.value(model, system.output("cause-now"), step);
    return new Prediction(
        Decoding.operation(unrolling.value(model, system.input("operation"), step)),
        told(cause),
        Decoding.seen(unrolling.value(model, system.output("outcome"), step)),
        ACTIVE.stream()
            .map(name -> Decoding.active(unrolling.variable(model, name, step + 1)))
            .toList());
  }

  private static Optional<EventCause> told(Value cause) {
    return cause.constructor().equals("no-event")
        ? Optional.empty()
        : Optional.of(Decoding.cause(cause.field(0)));
  }

  private Start start(Model model) {
    Value control = unrolling.variable(model, "now", 0);
    return new Start(
        bits(model, "first-entry"),
        bits(model, "second-entry"),
        bits(model, "directory-entry"),
        bits(model, "upper-entry"),
        control.field(0).bits(),
        control.field(2).bits(),
        control.field(3).bits(),
        (int) bits(model, "cpl"),
        unrolling.variable(model, "alignment-check", 0).holds());
  }

  private long bits(Model model, String variable) {
    return unrolling.variable(model, variable, 0).bits();
  }
}
