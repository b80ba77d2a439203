package io.vtlb.conformance.verify;

import io.vtlb.model.rule.Rule;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which of the method's claims a run judged: those of which some rule was exercised.
 *
 * @param judged their numbers, ascending
 * @param notJudged the others, each with the reasons of its rules
 */
public record ClaimsJudged(List<Integer> judged, SortedMap<Integer, String> notJudged) {

  public ClaimsJudged {
    judged = List.copyOf(judged);
    notJudged = Collections.unmodifiableSortedMap(new TreeMap<>(notJudged));
  }

  /** The claims of a verdict. */
  public static ClaimsJudged of(Verdict verdict) {
    SortedMap<Integer, String> notJudged = new TreeMap<>();
    List<Integer> all =
        Arrays.stream(Rule.values())
            .flatMap(rule -> rule.claims().stream())
            .distinct()
            .sorted()
            .toList();
    List<Integer> judged =
        all.stream()
            .filter(claim ->
                verdict.rules().stream().anyMatch(rule -> isOf(rule, claim) && rule.wasSeen()))
            .toList();
    all.stream()
        .filter(claim -> !judged.contains(claim))
        .forEach(claim -> notJudged.put(claim, reasons(verdict, claim)));
    return new ClaimsJudged(judged, notJudged);
  }

  private static boolean isOf(RuleVerdict rule, int claim) {
    return rule.rule().claims().contains(claim);
  }

  private static String reasons(Verdict verdict, int claim) {
    return verdict.rules().stream()
        .filter(rule -> isOf(rule, claim))
        .map(RuleVerdict::reason)
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
