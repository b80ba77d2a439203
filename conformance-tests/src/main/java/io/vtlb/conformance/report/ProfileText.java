package io.vtlb.conformance.report;

import io.vtlb.conformance.verify.ClaimsJudged;
import io.vtlb.conformance.verify.DeclaredProfile;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.model.rule.Rule;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** What a target declared and what that decided, as text. */
final class ProfileText {

  private ProfileText() {}

  /** A few lines, without those that have nothing to say. */
  static String of(DeclaredProfile profile) {
    return line("declared", List.of(profile.words()))
        + line("not declared, so not generated", profile.notGenerated())
        + line("judged strictly, because not declared", profile.promises())
        + line("declared, and taken on trust", profile.onTrust());
  }

  private static String line(String what, List<String> words) {
    return words.isEmpty() ? "" : "%s: %s%n".formatted(what, String.join(", ", words));
  }

  /** What the verdict is about: rules, profile, level and claims. */
  static String statement(DeclaredProfile profile, Verdict verdict) {
    ClaimsJudged claims = ClaimsJudged.of(verdict);
    return "%s rules %s, profile %s, level %d; claims judged: %s; claims not judged: %s"
        .formatted(
            verdict.kind() == Verdict.Kind.CONFORMS ? "conforms to" : "judged by",
            Rule.VERSION,
            profile.words(),
            profile.target().level().number(),
            ranges(claims.judged()),
            claims.notJudged().isEmpty()
                ? "none"
                : claims.notJudged().entrySet().stream()
                    .map(claim -> claim.getKey() + " (" + claim.getValue() + ")")
                    .collect(Collectors.joining(", ")));
  }

  /** Ascending numbers, such as {@code 1-12, 14-30}. */
  private static String ranges(List<Integer> numbers) {
    if (numbers.isEmpty()) {
      return "none";
    }
    StringJoiner ranges = new StringJoiner(", ");
    int first = numbers.getFirst();
    for (int i = 0; i < numbers.size(); i++) {
      int last = numbers.get(i);
      boolean goesOn = i + 1 < numbers.size() && numbers.get(i + 1) == last + 1;
      if (!goesOn) {
        ranges.add(first == last ? String.valueOf(first) : first + "-" + last);
        first = i + 1 < numbers.size() ? numbers.get(i + 1) : last;
      }
    }
    return ranges.toString();
  }
}
