package io.vtlb.conformance.sweep;

import io.vtlb.conformance.sweep.WitnessQuestion.Word;
import java.util.List;

/** What a witness says of one access. */
public sealed interface WitnessAnswer {

  /**
   * The access completed.
   *
   * @param value what a load read; anything for a store or a fetch
   * @param after the words of the question's memory, in its order, as they are now
   */
  record Completed(long value, List<Word> after) implements WitnessAnswer {
    public Completed {
      after = List.copyOf(after);
    }
  }

  /**
   * The access was a page fault.
   *
   * @param code the error code
   * @param address CR2
   * @param after the words of the question's memory, in its order, as they are now
   */
  record Faulted(int code, long address, List<Word> after) implements WitnessAnswer {
    public Faulted {
      after = List.copyOf(after);
    }
  }

  /**
   * The witness cannot be asked this.
   *
   * @param reason why, the same for all questions that it declines for the same reason
   */
  record Declined(String reason) implements WitnessAnswer {}
}
