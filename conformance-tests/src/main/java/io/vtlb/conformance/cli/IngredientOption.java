package io.vtlb.conformance.cli;

import io.vtlb.conformance.generate.Ingredient;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --ingredients}: which shapes sequences may be made with. */
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class IngredientOption {

  private static final String ALL = "all";
  private static final String NONE = "none";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--ingredients",
      paramLabel = "I",
      split = ",",
      converter = Word.class,
      description = {
        "Shapes that sequences may be made with: all, none, or some by name, for",
        "example shared-table (default: all; docs/generation.md describes them)."
      })
  private @Nullable List<Selection> selected;

  Set<Ingredient> selected() {
    if (selected == null) {
      return Ingredient.all();
    }
    if (selected.size() > 1 && selected.stream().anyMatch(one -> one.ingredients().isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "--ingredients: 'none' goes with nothing else; leave it out");
    }
    Set<Ingredient> union = EnumSet.noneOf(Ingredient.class);
    selected.forEach(one -> union.addAll(one.ingredients()));
    return union;
  }

  /** What selects the same again, with a blank before; nothing for all. */
  String repetition() {
    Set<Ingredient> chosen = selected();
    if (chosen.equals(Ingredient.all())) {
      return "";
    }
    return " --ingredients "
        + (chosen.isEmpty()
            ? NONE
            : chosen.stream().map(Ingredient::word).collect(Collectors.joining(",")));
  }

  /** What one word of the option stands for. */
  private record Selection(Set<Ingredient> ingredients) {}

  /** Reads one word of the option. */
  private static final class Word implements ITypeConverter<Selection> {

    @Override
    public Selection convert(String word) {
      return new Selection(
          switch (word) {
            case ALL -> Ingredient.all();
            case NONE -> EnumSet.noneOf(Ingredient.class);
            default -> EnumSet.of(One.named(word));
          });
    }
  }

  /** Reads the name of one ingredient. */
  static final class One implements ITypeConverter<Ingredient> {

    @Override
    public Ingredient convert(String word) {
      return named(word);
    }

    static Ingredient named(String word) {
      return Ingredient.ofWord(word)
          .orElseThrow(() ->
              new TypeConversionException(
                  "there is no ingredient '%s'; the ingredients are %s"
                      .formatted(
                          word,
                          Arrays.stream(Ingredient.values())
                              .map(Ingredient::word)
                              .collect(Collectors.joining(", ")))));
    }
  }
}
