package io.vtlb.conformance.smoke;

import io.vtlb.model.rule.Rule;
import java.util.List;
import java.util.Set;

/**
 * Which message failed in a run, what was said, and what would have been right.
 *
 * @param usual the message that the run is about
 * @param reason how it failed
 * @param scene what was said in it
 */
record Diagnosis(Message usual, Reason reason, Scene scene) {

  /** Rules about what the active structure holds, whatever the answer before said. */
  private static final Set<Rule> CONTENT =
      Set.of(
          Rule.INIT_1,
          Rule.DERIVE_1,
          Rule.DERIVE_2,
          Rule.DERIVE_3,
          Rule.ISOLATE_1,
          Rule.PRIV_1,
          Rule.DEVICE_1,
          Rule.HOST_1,
          Rule.HOST_2);

  /** The message that is to blame. */
  Message message() {
    return switch (reason) {
      case Reason.Failed failed -> scene.last().orElse(usual);
      case Reason.Broke(var violation) ->
          CONTENT.contains(violation.rule()) && usual.question() != Question.PERFORM
              ? Message.of(Question.ENTRIES)
              : scene.deed().orElse(usual);
    };
  }

  /**
   * All that can be said of it.
   *
   * @param notation how it is written
   * @param expected what is right here, in a sentence
   */
  Row.Shortfall shortfall(Notation notation, String expected) {
    Message message = message();
    List<Scene.Moment> moments =
        switch (reason) {
          case Reason.Failed failed -> scene.lastMoment();
          case Reason.Broke broke -> scene.sinceDeed();
        };
    return new Row.Shortfall(
        notation.name(message),
        reason,
        moments.stream().flatMap(moment -> moment.said().stream()).toList(),
        expected,
        notation.form(message.question()),
        moments.stream().flatMap(moment -> moment.example().stream()).toList(),
        notation.place(message.question()));
  }
}
