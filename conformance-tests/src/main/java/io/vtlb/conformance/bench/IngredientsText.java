package io.vtlb.conformance.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What ingredients are worth as text for people: one line for each ingredient and fault. */
public final class IngredientsText {

  private IngredientsText() {}

  public static String of(IngredientPlan plan, List<IngredientTrial> trials) {
    StringBuilder text = new StringBuilder();
    text.append(
        "share of %d runs (seeds from %d) that find a fault within %d sequences of %d, and the median:%n%n"
            .formatted(plan.runs(), plan.seed(), plan.sequences(), plan.length()));
    text.append(line("ingredient", "fault", "with", "without", plan.alone() ? "only this" : ""));
    for (IngredientTrial trial : trials) {
      text.append(
          line(
              trial.pair().ingredient().word(),
              trial.pair().fault().name(),
              finds(trial.with()),
              trial.offered() ? finds(trial.without()) : "not offered",
              trial.alone().filter(any -> trial.offered()).map(IngredientsText::finds).orElse("")));
    }
    return text.toString();
  }

  private static String line(
      String ingredient, String fault, String with, String without, String alone) {
    return "%-30s %-42s %12s %12s %12s%n"
            .formatted(ingredient, fault, with, without, alone)
            .stripTrailing()
        + "\n";
  }

  private static String finds(Finds finds) {
    String median =
        Optional.of(finds.median())
            .filter(any -> any != FaultSearch.NEVER)
            .map(String::valueOf)
            .orElse("-");
    return String.format(Locale.ROOT, "%.2f %6s", finds.share(), median);
  }
}
