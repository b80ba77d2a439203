package io.vtlb.conformance.jqwik;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.generate.SequenceGenerator;
import io.vtlb.model.target.Description;
import io.vtlb.model.trace.Sequence;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Sequences of operations for properties of jqwik, as the kit draws them for a target:
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<Sequence> sequences() {
 *   return Sequences.of(new MyVirtualTlb().describe()).length(20).arbitrary();
 * }
 * }</pre>
 *
 * <p>Immutable: each option gives another one. What a target does not declare is not drawn.
 * Shrinking leaves operations out and keeps the world: any part of a sequence is a sequence.
 */
public final class Sequences {

  private static final int LONGEST = 10_000;

  private final Description target;
  private final ModeChoice mode;
  private final int length;

  private Sequences(Description target, ModeChoice mode, int length) {
    this.target = target;
    this.mode = mode;
    this.length = length;
  }

  /** Sequences in all modes, of 40 operations. */
  public static Sequences of(Description target) {
    return new Sequences(target, ModeChoice.MIXED, 40);
  }

  /**
   * Which paging mode they are about: {@code mixed} or one of them, in the words of the command
   * line.
   */
  public Sequences mode(String word) {
    ModeChoice choice =
        ModeChoice.ofWord(word)
            .orElseThrow(() ->
                new IllegalArgumentException("'%s' is no mode; give %s".formatted(word, modes())));
    return new Sequences(target, choice, length);
  }

  private static String modes() {
    return Stream.of(ModeChoice.values()).map(ModeChoice::word).collect(Collectors.joining(", "));
  }

  /** Operations in each sequence as it is drawn, 1 to 10,000. */
  public Sequences length(int operations) {
    if (operations < 1 || operations > LONGEST) {
      throw new IllegalArgumentException("length: 1 to %d, not %d".formatted(LONGEST, operations));
    }
    return new Sequences(target, mode, operations);
  }

  /** Draws them by jqwik's own choices, so that its seed repeats them. */
  public Arbitrary<Sequence> arbitrary() {
    return Arbitraries.fromGenerator(choices -> {
      SequenceGenerator generator =
          SequenceGenerator.fitting(target, choices.nextLong(), length, mode);
      return new DrawnSequence(generator.sequence(0));
    });
  }
}
