package io.vtlb.conformance.report;

import io.vtlb.conformance.trace.RecordedStep;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.verify.Counterexample;
import io.vtlb.conformance.verify.Reproducer;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.rule.Rule;

/** A minimal counterexample, told step by step. */
public final class CounterexampleText {

  private CounterexampleText() {}

  /** The rule, what was found, the steps, and how to see it again. */
  public static String of(Counterexample counterexample, VerificationPlan plan) {
    Rule rule = counterexample.violation().rule();
    return "counterexample: %s (%s) is broken%n".formatted(rule, rule.severity())
        + "  asked:   %s%n".formatted(rule.statement())
        + "  found:   %s%n".formatted(counterexample.violation().reason())
        + "  claims:  %s; manual: %s%n".formatted(rule.claims(), rule.section())
        + "  look at: %s%n".formatted(rule.ifThisFails())
        + "  from:    %s, operation %d, reduced to %d operations%n%n"
            .formatted(
                plan.origin(counterexample.failure().sequence()),
                counterexample.failure().operations(),
                counterexample.trace().sequence().operations().size())
        + steps(counterexample.trace());
  }

  /** The steps after which a target failed, and what it threw. */
  public static String of(Reproducer reproducer, VerificationPlan plan) {
    return "crash: the target threw %s%n".formatted(reproducer.crash().told())
        + "  from:    %s, operation %d, reduced to %d operations%n%n"
            .formatted(
                plan.origin(reproducer.crash().sequence()),
                reproducer.crash().operations(),
                reproducer.trace().sequence().operations().size())
        + steps(reproducer.trace());
  }

  /** A world and the steps of a run in it. */
  public static String steps(RecordedTrace trace) {
    StringBuilder text = new StringBuilder(WorldText.of(trace.sequence().world()));
    for (int i = 0; i < trace.steps().size(); i++) {
      text.append(
          "%n  %d. %s%n".formatted(i + 1, OperationText.of(trace.sequence().operations().get(i))));
      append(text, trace.sequence().operations().get(i), trace.steps().get(i));
    }
    return text.toString();
  }

  /** Of what the host does, the guest sees nothing. */
  private static void append(StringBuilder text, Operation operation, RecordedStep step) {
    for (RecordedStep.Happening happening : step.happenings()) {
      switch (happening) {
        case RecordedStep.Exchange exchange -> append(text, exchange);
        case RecordedStep.Followed(HostResponse response) ->
            line(text, "answer: ", HostText.of(response));
      }
    }
    step.observation()
        .filter(seen -> operation instanceof GuestOperation)
        .ifPresent(seen -> line(text, "guest:  ", OperationText.of(seen)));
  }

  private static void append(StringBuilder text, RecordedStep.Exchange exchange) {
    line(text, "event:  ", EventText.of(exchange.event()));
    exchange.meanwhile().forEach(one -> line(text, "host:   ", HostText.of(one)));
    line(text, "answer: ", exchange.response().map(EventText::of).orElse("none"));
  }

  private static void line(StringBuilder text, String what, String words) {
    text.append("       ").append(what).append(words).append('\n');
  }
}
