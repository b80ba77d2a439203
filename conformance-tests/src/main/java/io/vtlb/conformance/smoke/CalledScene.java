package io.vtlb.conformance.smoke;

import io.vtlb.conformance.smoke.Exchange.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a library or a class was asked, and what it returned.
 *
 * @param account what is known of it
 * @param examples what a right target is asked, and answers
 */
record CalledScene(Account account, List<Exchange> examples, Notation notation) implements Scene {

  @Override
  public Optional<Message> last() {
    return lastCall().map(Call::message);
  }

  /** What took the record with it is taken to be what a right target is asked there. */
  private Optional<Call> lastCall() {
    return account
        .last()
        .or(() ->
            examples.stream()
                .filter(one -> one.operation() == account.operation())
                .map(Exchange::call)
                .filter(call -> call instanceof Call.Handle)
                .reduce((one, next) -> next));
  }

  @Override
  public Optional<Message> deed() {
    return account.deed().map(one -> one.call().message());
  }

  @Override
  public List<Moment> lastMoment() {
    return lastCall()
        .map(call ->
            List.of(new Moment(List.of(Said.toTarget(notation.asked(call))), example(call))))
        .orElse(List.of());
  }

  /** What was shown afterwards is not known here, so only the example has it. */
  @Override
  public List<Moment> sinceDeed() {
    return account.deed().map(this::moment).stream().toList();
  }

  private Moment moment(Exchange deed) {
    List<Said> said = new ArrayList<>();
    said.add(Said.toTarget(notation.asked(deed.call())));
    if (!(deed.answer() instanceof Answer.Done)) {
      notation.answered(deed, 0).forEach(line -> said.add(Said.byTarget(line)));
    }
    List<String> example = new ArrayList<>(example(deed.call()));
    shownAfter(deed.call()).forEach(look -> example.add(notation.shown(look)));
    return new Moment(said, example);
  }

  /** What a right target shows between a call and the next, where that is anything. */
  private List<Exchange> shownAfter(Call call) {
    return right(call)
        .map(one ->
            examples.subList(examples.indexOf(one) + 1, examples.size()).stream()
                .takeWhile(next -> next.operation() == one.operation())
                .takeWhile(next -> next.call() instanceof Call.Look)
                .filter(look ->
                    look.answer() instanceof Answer.Shown(var entries) && !entries.isEmpty())
                .distinct()
                .toList())
        .orElse(List.of());
  }

  private List<String> example(Call call) {
    return right(call).map(one -> notation.answered(one, 0)).orElse(List.of());
  }

  /** The same call of a right target, if it is asked that: best in the same operation. */
  private Optional<Exchange> right(Call call) {
    return last(one -> one.operation() == account.operation() && one.call().equals(call))
        .or(() -> last(one -> one.call().equals(call)))
        .or(() -> last(one -> one.call().message().equals(call.message())));
  }

  private Optional<Exchange> last(Predicate<Exchange> wanted) {
    return examples.stream().filter(wanted).reduce((one, next) -> next);
  }
}
