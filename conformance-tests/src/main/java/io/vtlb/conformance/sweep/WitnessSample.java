package io.vtlb.conformance.sweep;

import io.vtlb.conformance.sweep.WitnessQuestion.Word;
import io.vtlb.conformance.sweep.manual.Formulation;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.PrivilegeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * The combinations that are handed to a witness: every so many-th of each mode, without chance.
 *
 * <p>The step has no factor in common with the size of any dimension, so that the sample does not
 * keep step with one. Accessed and dirty bits are compared as well: after an access that completes
 * they must be as Intel SDM vol. 3, 4.8 says; after one that faults, A may have been set in entries
 * that were used, and nothing else.
 */
public final class WitnessSample {

  /** How many combinations are drawn in all, at least. */
  public static final long SIZE = 200_000;

  /** The sizes of dimensions have no prime factors but these. */
  private static final int[] FACTORS = {2, 3, 5};

  private static final long STORED = 0x5707_ED00L;
  private static final long A = 1 << 5;

  private final List<SweptMode> modes;
  private final long[] steps;

  /** The sample of {@link #SIZE}, spread evenly over the modes. */
  public WitnessSample(List<SweptMode> modes) {
    this(modes, SIZE);
  }

  WitnessSample(List<SweptMode> modes, long size) {
    this.modes = List.copyOf(modes);
    long share = (size + modes.size() - 1) / modes.size();
    steps = modes.stream().mapToLong(mode -> step(mode.sampled(), share)).toArray();
  }

  /** How many combinations are drawn. */
  public long size() {
    long size = 0;
    for (int i = 0; i < steps.length; i++) {
      size += (modes.get(i).sampled() + steps[i] - 1) / steps[i];
    }
    return size;
  }

  private static long step(long combinations, long share) {
    long step = Math.max(1, combinations / share);
    while (step > 1 && hasFactor(step)) {
      step--;
    }
    return step;
  }

  private static boolean hasFactor(long step) {
    for (int factor : FACTORS) {
      if (step % factor == 0) {
        return true;
      }
    }
    return false;
  }

  /** Asks the witness about each combination of the sample. */
  public WitnessResult ask(AccessWitness witness, LongConsumer progress) {
    Answers answers = new Answers();
    long asked = 0;
    for (int i = 0; i < steps.length; i++) {
      SweptMode mode = modes.get(i);
      int index = 0;
      SpaceSweep place = place(mode, index);
      for (long number = 0; number < mode.sampled(); number += steps[i]) {
        if (mode.index(number) != index) {
          index = mode.index(number);
          place = place(mode, index);
        }
        Asked question = ask(place, mode.inSpace(number));
        answers.add(mode, number, question, witness.answer(question.question()));
        progress.accept(++asked);
      }
    }
    return new WitnessResult(
        Optional.of(witness.name()),
        "",
        asked,
        answers.compared,
        answers.disagreements,
        answers.declined,
        witness.explained(),
        answers.shown);
  }

  private static SpaceSweep place(SweptMode mode, int index) {
    Space space = mode.spaces().get(index);
    return new SpaceSweep(space, Subject.model(space.profile()));
  }

  /**
   * A question and the answer that is right.
   *
   * @param outcome {@link Formulation#COMPLETES} or the error code
   * @param after the words of memory after an access that completes
   * @param used how many of the words, from the first on, are entries that the walk used
   */
  private record Asked(WitnessQuestion question, int outcome, List<Word> after, int used) {}

  private static Asked ask(SpaceSweep place, long number) {
    Space space = place.space();
    int outcome = place.formulate(number);
    Access access = place.access(number);
    Formulation said = place.formulation();
    boolean store = access.isStore();
    int entryBytes = space.mode().format().bytes();
    List<Word> before = new ArrayList<>();
    List<Word> after = new ArrayList<>();
    for (int level = 0; level < space.mode().levels().size(); level++) {
      boolean inMemory = space.mode().level(level).inMemory();
      long address = place.memory().address(level);
      long entry = inMemory ? place.odometer().entry(level) : said.word(level);
      long updated = level < said.used() && inMemory ? said.updated(level, store) : entry;
      before.add(new Word(address, entryBytes, entry));
      after.add(new Word(address, entryBytes, updated));
    }
    if (said.stop() == Formulation.Stop.PAGE) {
      long offset = access.address() & (((long) said.pages() << 12) - 1);
      long address = (said.frame() << 12) + offset;
      long tag = (address ^ 0x7A60_0000L) & 0xFFFF_FFFFL;
      before.add(new Word(address, access.bytes(), tag));
      after.add(new Word(address, access.bytes(), store ? STORED : tag));
    }
    return new Asked(
        new WitnessQuestion(
            space.profile(),
            space.control(),
            access,
            access.set() == PrivilegeSet.USER ? 3 : 0,
            access.set() == PrivilegeSet.SUPERVISOR_AC,
            STORED,
            before),
        outcome,
        after,
        said.used());
  }

  /** Counts and compares answers. */
  private static final class Answers {

    private final Map<String, Long> declined = new TreeMap<>();
    private final List<String> shown = new ArrayList<>();
    private long compared;
    private long disagreements;

    void add(SweptMode mode, long number, Asked asked, WitnessAnswer answer) {
      switch (answer) {
        case WitnessAnswer.Declined(String reason) -> declined.merge(reason, 1L, Long::sum);
        case WitnessAnswer.Completed completed -> judge(mode, number, asked, completed);
        case WitnessAnswer.Faulted faulted -> judge(mode, number, asked, faulted);
      }
    }

    private void judge(SweptMode mode, long number, Asked asked, WitnessAnswer answer) {
      compared++;
      if (!right(asked, answer)) {
        disagreements++;
        if (shown.size() < Tally.SHOWN) {
          shown.add(
              "%s, expected %s and afterwards %s, answered %s"
                  .formatted(
                      Disagreement.at(mode, number, Subject::model).toString().strip(),
                      Outcome.words(asked.outcome),
                      hex(asked.after),
                      hex(answer)));
        }
      }
    }

    private static boolean right(Asked asked, WitnessAnswer answer) {
      return switch (answer) {
        case WitnessAnswer.Declined declined -> true;
        case WitnessAnswer.Completed(long value, List<Word> after) ->
            asked.outcome == Formulation.COMPLETES
                && sameWords(asked, after)
                && (!isLoad(asked) || value == asked.after.getLast().value());
        case WitnessAnswer.Faulted(int code, long address, List<Word> after) ->
            asked.outcome == code
                && address == asked.question.access().address()
                && onlyAccessedSet(asked, after);
      };
    }

    private static boolean isLoad(Asked asked) {
      Access access = asked.question.access();
      return !access.isStore() && !access.isFetch();
    }

    /** For a fetch the data is an instruction of the witness's own. */
    private static boolean sameWords(Asked asked, List<Word> after) {
      int counted = asked.after.size() - (asked.question.access().isFetch() ? 1 : 0);
      return after.size() >= counted
          && after.subList(0, counted).equals(asked.after.subList(0, counted));
    }

    private static boolean onlyAccessedSet(Asked asked, List<Word> after) {
      List<Word> before = asked.question.memory();
      int levels = (int) before.stream().filter(word -> isEntry(asked, word)).count();
      for (int i = 0; i < levels; i++) {
        long changed = before.get(i).value() ^ after.get(i).value();
        boolean mayBeAccessed = i < asked.used && (after.get(i).value() & A) != 0;
        if (changed != 0 && !(changed == A && mayBeAccessed)) {
          return false;
        }
      }
      return true;
    }

    private static boolean isEntry(Asked asked, Word word) {
      long root = asked.question.control().cr3() & ~0xFFFL;
      return word.address() >= root && word.address() < root + (8L << 12);
    }

    private static String hex(WitnessAnswer answer) {
      return switch (answer) {
        case WitnessAnswer.Declined declined -> declined.toString();
        case WitnessAnswer.Completed(long value, List<Word> after) ->
            "completes with 0x%x and afterwards %s".formatted(value, hex(after));
        case WitnessAnswer.Faulted(int code, long address, List<Word> after) ->
            "%s at 0x%x and afterwards %s".formatted(Outcome.words(code), address, hex(after));
      };
    }

    private static String hex(List<Word> words) {
      return words.stream()
          .map(word -> "0x%x: 0x%x".formatted(word.address(), word.value()))
          .toList()
          .toString();
    }
  }
}
