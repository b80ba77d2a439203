package io.vtlb.conformance.junit;

import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.UnusableTarget;
import io.vtlb.conformance.verify.Findings;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.RuleVerdict;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.Verifier;
import io.vtlb.model.rule.Rule;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** One run that all tests of a factory share; it happens when the first of them asks. */
final class SharedRun {

  private final Subject subject;
  private final FutureTask<TargetSource> target;
  private final FutureTask<Verification> run;
  private final FutureTask<Findings> findings;

  SharedRun(Subject subject, Settings settings) {
    this.subject = subject;
    this.target = new FutureTask<>(() -> subject.source().get());
    this.run = new FutureTask<>(() -> Verifier.verify(settings.plan(target()), Progress.NONE));
    this.findings = new FutureTask<>(() -> Findings.of(run()));
  }

  /**
   * What is tested.
   *
   * @throws UnusableTarget if it cannot be
   */
  TargetSource target() {
    return once(target);
  }

  /** The option with which the command line finds it; may be empty. */
  String place() {
    return subject.place().get();
  }

  Verification run() {
    return once(run);
  }

  /** What the run found, reduced. */
  Findings findings() {
    return once(findings);
  }

  RuleVerdict verdict(Rule rule) {
    return Verdict.of(run()).rules().stream()
        .filter(one -> one.rule() == rule)
        .findFirst()
        .orElseThrow();
  }

  private static <T> T once(FutureTask<T> task) {
    task.run();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sequences were running", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }
}
