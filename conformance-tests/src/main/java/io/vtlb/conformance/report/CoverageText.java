package io.vtlb.conformance.report;

import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.verify.BlindSpot;
import io.vtlb.conformance.verify.Coverage;
import io.vtlb.conformance.verify.RuleVerdict;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.specs.cell.CellTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How often each rule was exercised, by target and ingredient, and which cells were reached, as
 * text.
 */
public final class CoverageText {

  private static final String BLIND = "0 !";
  private static final String SKIPPED = "-";

  private CoverageText() {}

  /** What the columns mean, two tables for each target, and the blind spots last. */
  public static String of(List<Verification> runs, CellTable cells) {
    StringBuilder text = new StringBuilder(legend());
    Map<Verification, Verdict> verdicts = new LinkedHashMap<>();
    runs.forEach(run -> verdicts.put(run, Verdict.of(run)));
    verdicts.forEach(
        (run, verdict) -> text.append(table(run, verdict)).append(CellsText.of(run, cells)));
    return text.append(blindSpots(verdicts)).toString();
  }

  private static String legend() {
    StringBuilder text = new StringBuilder("how often breaking a rule would have shown\n\n");
    text.append("  all    in all sequences; plain: in those without any ingredient\n");
    for (Ingredient ingredient : Ingredient.values()) {
      text.append(
          "  %-5s  in sequences with %s%n".formatted(letter(ingredient), ingredient.word()));
    }
    return text.append("  %-5s  never; %s the rule is skipped%n".formatted(BLIND, SKIPPED))
        .toString();
  }

  private static String letter(Ingredient ingredient) {
    return String.valueOf((char) ('a' + List.of(Ingredient.values()).indexOf(ingredient)));
  }

  private static String table(Verification run, Verdict verdict) {
    List<Ingredient> offered = run.plan().offered();
    Table table = new Table("lrr" + "r".repeat(offered.size()));
    List<Object> head = new ArrayList<>(List.of("rule", "all", "plain"));
    offered.forEach(one -> head.add(letter(one)));
    table.row(head.toArray());
    List<Object> sequences =
        new ArrayList<>(List.of("(sequences)", run.sequences(), run.coverage().plainSequences()));
    offered.forEach(one -> sequences.add(run.coverage().sequences(one)));
    table.row(sequences.toArray());
    verdict.rules().forEach(rule -> table.row(row(run.coverage(), rule, offered)));
    return "%ntarget %s (level %d), mode %s, seed %d, %d operations: %s, %s%n%n%s"
        .formatted(
            run.plan().target().name(),
            run.plan().target().description().level().number(),
            run.plan().modes().word(),
            run.plan().seed(),
            run.operations(),
            verdict.kind().id(),
            verdict.reason(),
            table);
  }

  private static Object[] row(Coverage coverage, RuleVerdict rule, List<Ingredient> offered) {
    boolean skipped = rule.kind() == RuleVerdict.Kind.SKIPPED;
    List<Object> row = new ArrayList<>();
    row.add(rule.rule().id());
    row.add(cell(skipped, rule.exercised(), 1));
    // What only an ingredient can bring about is no blind spot of sequences that have none.
    row.add(skipped ? SKIPPED : String.valueOf(coverage.plainExercised(rule.rule())));
    for (Ingredient one : offered) {
      row.add(cell(skipped, coverage.exercised(rule.rule(), one), coverage.sequences(one)));
    }
    return row.toArray();
  }

  private static String cell(boolean skipped, long exercised, long sequences) {
    return skipped ? SKIPPED : exercised == 0 && sequences > 0 ? BLIND : String.valueOf(exercised);
  }

  private static String blindSpots(Map<Verification, Verdict> verdicts) {
    StringBuilder lines = new StringBuilder();
    int count = 0;
    for (Map.Entry<Verification, Verdict> one : verdicts.entrySet()) {
      List<BlindSpot> spots = BlindSpot.of(one.getKey(), one.getValue());
      count += spots.size();
      Map<String, String> byRule =
          spots.stream()
              .collect(
                  Collectors.groupingBy(
                      spot -> spot.rule().id(),
                      LinkedHashMap::new,
                      Collectors.mapping(
                          spot -> spot.ingredient().word(), Collectors.joining(", "))));
      String target = one.getKey().plan().target().name();
      byRule.forEach((rule, ingredients) ->
          lines.append("  %s, %s: never with %s%n".formatted(target, rule, ingredients)));
    }
    return count == 0
        ? "%nblind spots: none%n".formatted()
        : "%nblind spots: %d (of a few hundred sequences, chance leaves some; run more to see)%n%s"
            .formatted(count, lines);
  }
}
