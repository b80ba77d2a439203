package io.vtlb.conformance.report;

import io.vtlb.conformance.expectation.FailureSignature;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.trace.RecordedStep;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.trace.RecordedVerdict;
import io.vtlb.conformance.verify.Counterexample;
import io.vtlb.conformance.verify.Flake;
import io.vtlb.conformance.verify.Reproducer;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.rule.Rule;
import java.util.stream.Collectors;

/** A minimal counterexample, told step by step. */
public final class CounterexampleText {

  private CounterexampleText() {}

  /** The rule, what was found, the steps, and how to see it again. */
  public static String of(Counterexample counterexample, VerificationPlan plan) {
    Rule rule = counterexample.violation().rule();
    return "counterexample: %s (%s) is broken%n".formatted(rule, rule.severity())
        + "  asked:   %s%n".formatted(rule.statement())
        + "  found:   %s%n".formatted(counterexample.violation().reason())
        + "  known as: %s%n".formatted(FailureSignature.of(counterexample.failure().violation()))
        + "  claims:  %s; manual: %s%n".formatted(rule.claims(), rule.section())
        + "  look at: %s%n".formatted(rule.ifThisFails())
        + "  from:    %s, operation %d, reduced to %d operations%n%n"
            .formatted(
                plan.origin(counterexample.failure().sequence()),
                counterexample.failure().operations(),
                counterexample.trace().sequence().operations().size())
        + steps(counterexample.trace());
  }

  /** The steps after which a target failed, and how. */
  public static String of(Reproducer reproducer, VerificationPlan plan) {
    Misbehaviour misbehaviour = reproducer.crash().misbehaviour();
    return "%s: %s%n".formatted(misbehaviour.kind().family().id(), told(reproducer))
        + lines("stderr:", misbehaviour.lastWords())
        + "  from:    %s, operation %d, reduced to %d operations%n%n"
            .formatted(
                plan.origin(reproducer.crash().sequence()),
                reproducer.crash().operations(),
                reproducer.trace().sequence().operations().size())
        + steps(reproducer.trace());
  }

  /** What is false shows better in the reduced sequence, which rests on fewer declarations. */
  private static String told(Reproducer reproducer) {
    Misbehaviour misbehaviour = reproducer.crash().misbehaviour();
    return misbehaviour.isFalseDeclaration()
        ? reproducer.trace().verdict().map(RecordedVerdict::reason).orElse(misbehaviour.told())
        : misbehaviour.told();
  }

  /** What was seen, and how seldom it was seen again. */
  public static String of(Flake flake, VerificationPlan plan) {
    return "flaky: %s: %s%n".formatted(flake.what(), flake.told())
        + lines("stderr:", flake.lastWords())
        + """
          again:   in %d of %d replays of the same sequence alone
          look at: what else it depends on: sequences before it (does reset forget all?), a clock, addresses, threads, hash order
        """
            .formatted(flake.again(), flake.replays())
        + "  from:    %s, operation %d, not reduced%n"
            .formatted(plan.origin(flake.sequence()), flake.operations());
  }

  private static String lines(String what, String words) {
    return words
        .lines()
        .map(line -> "  %-8s %s\n".formatted(what, line))
        .collect(Collectors.joining());
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
