package io.vtlb.conformance.verify;

import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.model.rule.Rule;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run says of its target.
 *
 * @param kind conforms, fails or inconclusive
 * @param reason why, in one sentence
 * @param rules every rule's own verdict, in the order of the registry
 */
public record Verdict(Kind kind, String reason, List<RuleVerdict> rules) {

  public Verdict {
    rules = List.copyOf(rules);
  }

  /** The ways in which a run ends, with the exit code of each. */
  public enum Kind {
    CONFORMS("conforms", 0),
    FAILS("fails", 1),
    INCONCLUSIVE("inconclusive", 3);

    private final String id;
    private final int exitCode;

    Kind(String id, int exitCode) {
      this.id = id;
      this.exitCode = exitCode;
    }

    /** The name in reports. */
    public String id() {
      return id;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  /**
   * The verdict on a run: conforming needs every MUST rule that the level allows to have been
   * exercised.
   */
  public static Verdict of(Verification run) {
    List<RuleVerdict> rules =
        Stream.of(Rule.values()).map(rule -> RuleVerdict.of(rule, run)).toList();
    String wrong =
        Stream.of(broken(run), falselyDeclared(run))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    if (!wrong.isEmpty()) {
      return new Verdict(Kind.FAILS, wrong, rules);
    }
    if (!run.crashes().isEmpty()) {
      return new Verdict(Kind.INCONCLUSIVE, failed(run), rules);
    }
    String open =
        rules.stream()
            .filter(RuleVerdict::leavesOpen)
            .map(verdict -> verdict.rule().id())
            .collect(Collectors.joining(", "));
    if (open.isEmpty() && selected(run, rules).noneMatch(RuleVerdict::wasSeen)) {
      return new Verdict(
          Kind.INCONCLUSIVE,
          "no rule that was selected could be judged: " + why(run, rules),
          rules);
    }
    return open.isEmpty()
        ? new Verdict(Kind.CONFORMS, held(rules), rules)
        : new Verdict(
            Kind.INCONCLUSIVE, "never exercised: " + open + "; run more sequences", rules);
  }

  private static Stream<RuleVerdict> selected(Verification run, List<RuleVerdict> rules) {
    return rules.stream().filter(one -> run.plan().rules().contains(one.rule()));
  }

  private static String why(Verification run, List<RuleVerdict> rules) {
    return selected(run, rules)
        .map(RuleVerdict::reason)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static String held(List<RuleVerdict> rules) {
    long expected =
        rules.stream()
            .filter(one -> one.kind() == RuleVerdict.Kind.EXPECTED_FAILURE)
            .filter(one -> !one.rule().isDerived())
            .count();
    long passes =
        rules.stream().filter(one -> one.kind() == RuleVerdict.Kind.UNEXPECTED_PASS).count();
    String all =
        expected == 0
            ? "every rule that could be judged holds"
            : "every rule that could be judged holds, but for %d that failed as expected"
                .formatted(expected);
    return passes == 0
        ? all
        : "%s; %s: out of the expectations"
            .formatted(
                all,
                passes == 1
                    ? "1 that was expected to fail holds, take it"
                    : passes + " that were expected to fail hold, take them");
  }

  private static String broken(Verification run) {
    return run.failures().isEmpty()
        ? ""
        : run.firstOfEachRule().stream()
            .map(failure -> failure.violation().rule().id())
            .collect(Collectors.joining(", ", "broken: ", ""));
  }

  private static String falselyDeclared(Verification run) {
    String declared =
        run.firstOfEachWay().stream()
            .map(Crash::misbehaviour)
            .filter(Misbehaviour::isFalseDeclaration)
            .map(Misbehaviour::told)
            .collect(Collectors.joining("; "));
    return declared.isEmpty() ? "" : "declared but not so: " + declared;
  }

  /** How the target failed first, and how often. */
  private static String failed(Verification run) {
    Crash first = run.crashes().getFirst();
    String where =
        "%s: %s in %s at operation %d"
            .formatted(
                first.misbehaviour().kind().family().id(),
                first.misbehaviour().told(),
                run.plan().origin(first.sequence()),
                first.operations());
    int times = run.crashes().size();
    return times == 1
        ? where
        : "%s; it failed in %d sequences%s"
            .formatted(where, times, run.endedByCrashes() ? ", and the run was ended" : "");
  }
}
