package io.vtlb.conformance.cli;

import io.vtlb.model.rule.Rule;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that restricts which rules are judged. */
final class RuleOption {

  @Option(
      names = "--rule",
      paramLabel = "R",
      split = ",",
      converter = ById.class,
      description = "Judge only these rules, for example TLB-1 (default: all).")
  private @Nullable List<Rule> rules;

  /** The rules to judge; a derived rule stands for those that it follows from. */
  Set<Rule> selected() {
    if (rules == null) {
      return EnumSet.allOf(Rule.class);
    }
    Set<Rule> selected = EnumSet.noneOf(Rule.class);
    for (Rule rule : rules) {
      selected.add(rule);
      selected.addAll(rule.derivedFrom());
    }
    return selected;
  }

  /** Reads a rule by its public id. */
  static final class ById implements ITypeConverter<Rule> {

    @Override
    public Rule convert(String id) {
      return Rule.byId(id.toUpperCase(Locale.ROOT))
          .orElseThrow(() ->
              new TypeConversionException(
                  "there is no rule '%s'; the rules are %s"
                      .formatted(
                          id,
                          Stream.of(Rule.values())
                              .map(Rule::id)
                              .collect(Collectors.joining(" ")))));
    }
  }
}
