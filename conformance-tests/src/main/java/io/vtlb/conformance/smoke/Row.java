package io.vtlb.conformance.smoke;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of one message.
 *
 * @param message its name in the target protocol
 * @param call what it is called for this kind of target; the same for a program
 * @param about what it was asked in, in a few words
 * @param note what else there is to say: what the target answered, or why it was not asked
 * @param shortfall what is wrong, if it fails
 */
public record Row(
    String message,
    String call,
    String about,
    Result result,
    String note,
    Optional<Shortfall> shortfall) {

  /** How a message fared. */
  public enum Result {
    /** It was answered rightly. */
    WORKS,
    /** It was not. */
    FAILS,
    /** It was not asked, because one that it rests on failed. */
    NOT_TRIED,
    /** It is never asked of this target. */
    NOT_DECLARED;

    /** The name in reports. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What is wrong with an answer.
   *
   * @param at the message that failed, by its name for this kind of target
   * @param reason what was found
   * @param said what was said until then, the last of it
   * @param expected what is right here, in a sentence
   * @param form what any answer to this message looks like
   * @param example a right answer, or nothing
   * @param place where that is documented
   */
  public record Shortfall(
      String at,
      Reason reason,
      List<Said> said,
      String expected,
      String form,
      List<String> example,
      String place) {

    public Shortfall {
      said = List.copyOf(said);
      example = List.copyOf(example);
    }
  }
}
