package io.vtlb.conformance.smoke;

import io.vtlb.conformance.smoke.Dialogue.Turn;
import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.conformance.trace.Place;
import io.vtlb.conformance.trace.SharedForms;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What was said to a program, and by it.
 *
 * @param turns the last requests
 * @param examples what a right target is asked, and answers
 */
record SpokenScene(List<Turn> turns, List<Exchange> examples, JsonNotation notation)
    implements Scene {

  private static final int MOST_SHOWN = 4;
  private static final Optional<Message> RESET = Optional.of(Message.of(Question.RESET));
  private static final Set<Question> DEEDS =
      Set.of(Question.CREATE, Question.EVENT, Question.FOLLOW, Question.PERFORM);

  @Override
  public Optional<Message> last() {
    return turns.isEmpty() ? Optional.empty() : message(turns.getLast());
  }

  @Override
  public Optional<Message> deed() {
    return lastDeed() < 0 ? Optional.empty() : message(turns.get(lastDeed()));
  }

  private int lastDeed() {
    for (int i = turns.size() - 1; i >= 0; i--) {
      if (message(turns.get(i)).filter(one -> DEEDS.contains(one.question())).isPresent()) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public List<Moment> lastMoment() {
    return turns.isEmpty() ? List.of() : List.of(moment(turns.size() - 1));
  }

  /** The reset that follows a sequence is no part of it. */
  @Override
  public List<Moment> sinceDeed() {
    return IntStream.range(Math.max(lastDeed(), 0), turns.size())
        .takeWhile(turn -> !message(turns.get(turn)).equals(RESET))
        .limit(MOST_SHOWN)
        .mapToObj(this::moment)
        .toList();
  }

  private Moment moment(int turn) {
    return new Moment(turns.get(turn).lines(), example(turn));
  }

  private List<String> example(int turn) {
    try {
      Fields request = fields(turns.get(turn));
      long number = request.number("n");
      Question question = Question.ofWord(request.text("request")).orElseThrow();
      return new RightTurns(examples, notation)
          .at(sequenceUntil(turn))
          .map(one -> notation.answered(one, number))
          .orElseGet(() -> notation.answered(question, number));
    } catch (BadTrace e) {
      return List.of();
    }
  }

  /** The requests of the sequence that a turn belongs to, up to it. */
  private List<String> sequenceUntil(int turn) {
    int first = turn;
    while (first > 0 && !message(turns.get(first)).equals(RESET)) {
      first--;
    }
    return turns.subList(first, turn + 1).stream().map(Turn::words).toList();
  }

  private static Optional<Message> message(Turn turn) {
    try {
      Fields request = fields(turn);
      String subject =
          request.has("event")
              ? request.text("event")
              : request.has("op") ? request.text("op") : "";
      return Question.ofWord(request.text("request"))
          .map(question -> new Message(question, subject));
    } catch (BadTrace e) {
      return Optional.empty();
    }
  }

  private static Fields fields(Turn turn) throws BadTrace {
    return SharedForms.fields(new Place("request", 0), turn.request());
  }
}
