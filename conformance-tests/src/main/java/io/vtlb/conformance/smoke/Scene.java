package io.vtlb.conformance.smoke;

import java.util.List;
import java.util.Optional;

/** What was said in a run, however the target is spoken to. */
interface Scene {

  /**
   * One thing that was asked.
   *
   * @param said the question and what came of it
   * @param example a right answer, or nothing
   */
  record Moment(List<Said> said, List<String> example) {

    public Moment {
      said = List.copyOf(said);
      example = List.copyOf(example);
    }
  }

  /** The last message. */
  Optional<Message> last();

  /** The last message that may have changed something. */
  Optional<Message> deed();

  /** The last message and what came of it. */
  List<Moment> lastMoment();

  /** The same from the last message on that may have changed something. */
  List<Moment> sinceDeed();
}
