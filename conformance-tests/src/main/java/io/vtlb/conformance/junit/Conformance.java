package io.vtlb.conformance.junit;

import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.verify.Strategy;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.Target;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/**
 * The rules as tests of JUnit, for one target:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicNode> conforms() {
 *   return Conformance.of(MyVirtualTlb::new).tests();
 * }
 * }</pre>
 *
 * <p>Immutable: each option gives another one. Options take the words of the command line, have its
 * defaults, and throw {@link IllegalArgumentException} for what is none of them.
 */
public final class Conformance {

  private static final int MOST_JOBS = 256;
  private static final int LONGEST = 10_000;

  private final Subject subject;
  private final Settings settings;

  private Conformance(Subject subject, Settings settings) {
    this.subject = subject;
    this.settings = settings;
  }

  /**
   * The tests of a target given as an object.
   *
   * @param maker makes a fresh target at each call, for example {@code MyVirtualTlb::new}; several
   *     threads may call it at once
   */
  public static Conformance of(Supplier<? extends Target> maker) {
    return new Conformance(Subject.of(maker), Settings.USUAL);
  }

  /**
   * The tests of a target named as for {@code --target}.
   *
   * @param classPath folders and jars beyond the class path of the tests
   */
  public static Conformance named(String target, Path... classPath) {
    return new Conformance(Subject.named(target, List.of(classPath)), Settings.USUAL);
  }

  /**
   * Says what the target is expected to declare, no more and no less: a test of its own fails if
   * {@code describe()} declares anything else.
   *
   * <p>What is generated and judged follows from {@code describe()} alone, here as elsewhere; this
   * keeps rules from being skipped unnoticed once a feature is no longer declared.
   */
  public Conformance features(Feature... expected) {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    features.addAll(List.of(expected));
    return with(settings.demands().declared(features));
  }

  /** Which paging mode the sequences are about: {@code mixed}, the default, or one of them. */
  public Conformance mode(String word) {
    return with(
        settings.generation().mode(chosen(ModeChoice.ofWord(word), word, "mode", Words.modes())));
  }

  /** Where sequences come from: {@code random}, {@code smt} or {@code all}, the default. */
  public Conformance strategy(String word) {
    return with(
        settings
            .generation()
            .strategy(chosen(Strategy.ofWord(word), word, "strategy", Words.strategies())));
  }

  /** How many sequences are drawn at random, from 1; 10,000 by default. */
  public Conformance sequences(long number) {
    return with(settings.generation().sequences(within("sequences", number, Long.MAX_VALUE)));
  }

  /** Decides the sequences that are drawn; 1 by default. */
  public Conformance seed(long seed) {
    return with(settings.generation().seed(seed));
  }

  /** Operations in each sequence drawn, 1 to 10,000; 40 by default. */
  public Conformance length(int operations) {
    return with(settings.generation().length((int) within("length", operations, LONGEST)));
  }

  /** Threads, 1 to 256, without influence on the result; one for each processor by default. */
  public Conformance jobs(int threads) {
    return with(settings.jobs((int) within("jobs", threads, MOST_JOBS)));
  }

  /** Judges only the rules of these ids, for example {@code TLB-1}; all by default. */
  public Conformance rules(String... ids) {
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    for (String id : ids) {
      rules.add(chosen(Rule.byId(id), id, "rule", Words.rules()));
    }
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("rules: name at least one of " + Words.rules());
    }
    return with(settings.demands().rules(rules));
  }

  /**
   * Known failures, as for {@code --expectations}: the test of a rule that fails as listed is
   * skipped with the link, and that of one that is listed and holds fails.
   *
   * @param file a file of expectations
   */
  public Conformance expectations(Path file) {
    return with(settings.demands().known(KnownFailures.in(file)));
  }

  /**
   * Makes sequences with these ingredients only; with all by default, with none if none is named.
   */
  public Conformance ingredients(String... words) {
    Set<Ingredient> ingredients = EnumSet.noneOf(Ingredient.class);
    for (String word : words) {
      ingredients.add(chosen(Ingredient.ofWord(word), word, "ingredient", Words.ingredients()));
    }
    return with(settings.generation().ingredients(ingredients));
  }

  /**
   * Where the traces of counterexamples are written, a folder for each target, made where needed;
   * {@code vtlb} in the build folder ({@code target}, or {@code build} where only that exists) by
   * default.
   */
  public Conformance traces(Path folder) {
    return with(settings.traces(folder));
  }

  /**
   * A test of how the target describes itself, one of its staying alive, and one for each rule, in
   * the order of reports. The run happens once, when the first of them is executed.
   */
  public Stream<DynamicNode> tests() {
    return new ConformanceTests(new SharedRun(subject, settings), settings).all();
  }

  /**
   * A test that a trace, which an earlier counterexample may have left, is run again without
   * anything being wrong.
   *
   * @param file as {@code vtlb replay} reads it
   */
  public DynamicNode replay(Path file) {
    return new TraceReplay(file, subject.source(), settings.demands().judged()).test();
  }

  private Conformance with(Generation changed) {
    return with(settings.generation(changed));
  }

  private Conformance with(Demands changed) {
    return with(settings.demands(changed));
  }

  private Conformance with(Settings changed) {
    return new Conformance(subject, changed);
  }

  private static long within(String what, long value, long most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          most == Long.MAX_VALUE
              ? "%s: 1 or more, not %d".formatted(what, value)
              : "%s: 1 to %d, not %d".formatted(what, most, value));
    }
    return value;
  }

  private static <T> T chosen(Optional<T> choice, String word, String what, String words) {
    return choice.orElseThrow(
        () -> new IllegalArgumentException("'%s' is no %s; give %s".formatted(word, what, words)));
  }
}
