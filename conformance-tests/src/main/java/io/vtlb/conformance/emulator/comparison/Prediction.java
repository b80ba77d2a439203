package io.vtlb.conformance.emulator.comparison;

import io.vtlb.conformance.emulator.MemoryImage;
import io.vtlb.conformance.emulator.ProbeResult;
import io.vtlb.conformance.emulator.Word;
import io.vtlb.model.paging.GuestWalk;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * What is admitted of one situation.
 *
 * @param walks the model's walk for each part of the access
 * @param outcomes what may become of the access, without repetition
 * @param before the memory before it
 * @param completed the memory after it, if it completes: A in every entry used and D in the leaf of
 *     a store are set (Intel SDM vol. 3, 4.8)
 * @param maySet the bits that it may set if it does not complete, by the address of their word
 */
public record Prediction(
    List<GuestWalk> walks,
    List<Outcome> outcomes,
    MemoryImage before,
    MemoryImage completed,
    Map<Long, Long> maySet) {

  private static final int GENERAL_PROTECTION = 13;

  public Prediction {
    walks = List.copyOf(walks);
    outcomes = List.copyOf(outcomes);
    maySet = Map.copyOf(maySet);
  }

  /** True if a result is among what is admitted. */
  public boolean admits(ProbeResult result) {
    return switch (result) {
      case ProbeResult.Completed(long value, List<Word> memory) ->
          admits(outcome -> completesWith(outcome, value)) && isCompleted(memory);
      case ProbeResult.PageFault(int code, long address, List<Word> memory) ->
          admits(outcome -> faultsWith(outcome, code, address)) && isWithinBounds(memory);
      case ProbeResult.OtherException(int vector, int code, List<Word> memory) ->
          vector == GENERAL_PROTECTION
              && code == 0
              && outcomes.contains(new Outcome.GeneralProtection())
              && isWithinBounds(memory);
      case ProbeResult.Refused refused -> outcomes.contains(new Outcome.Unreachable());
      case ProbeResult.Strayed strayed -> false;
    };
  }

  private boolean admits(Predicate<Outcome> test) {
    return outcomes.stream().anyMatch(test);
  }

  private static boolean completesWith(Outcome outcome, long seen) {
    return outcome instanceof Outcome.Completes(OptionalLong value)
        && (value.isEmpty() || value.getAsLong() == seen);
  }

  private static boolean faultsWith(Outcome outcome, int code, long address) {
    return outcome instanceof Outcome.Faults faults
        && faults.code().bits() == code
        && faults.address() == address;
  }

  private boolean isCompleted(List<Word> memory) {
    return memory.stream()
        .allMatch(word -> word.value() == completed.read(word.physical(), Long.BYTES));
  }

  private boolean isWithinBounds(List<Word> memory) {
    return memory.stream().allMatch(word -> bounded(word) == word.value());
  }

  /** Memory after an access that did not complete, without changes that are not admitted. */
  MemoryImage bounded(List<Word> memory) {
    return new MemoryImage(
        memory.stream().map(word -> new Word(word.physical(), bounded(word))).toList());
  }

  private long bounded(Word word) {
    long was = before.read(word.physical(), Long.BYTES);
    return was | (word.value() & maySet.getOrDefault(word.physical(), 0L));
  }
}
