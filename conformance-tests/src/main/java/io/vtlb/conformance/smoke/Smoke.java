package io.vtlb.conformance.smoke;

import io.vtlb.conformance.protocol.ExecHarness;
import io.vtlb.conformance.run.Harness;
import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.FailedTarget;
import io.vtlb.conformance.target.Targets;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Goes through the messages of a target, one after the other. */
public final class Smoke {

  private static final Message HELLO = Message.of(Question.HELLO);
  private static final Message RESET = Message.of(Question.RESET);
  private static final Message BYE = Message.of(Question.BYE);
  private static final Message TOGETHER = new Message(Question.EVENT, "and entries together");
  private static final String BEGINNING = "how each conversation begins";
  private static final String LAST = "the last request";

  private final Dialogue dialogue = new Dialogue();
  private final Speech speech;
  private final Ledger ledger;

  private Smoke(String target, Consumer<Row> listener) {
    this.speech = new Speech(target, dialogue);
    this.ledger = new Ledger(speech.notation(), listener);
  }

  /**
   * Tries a target.
   *
   * @param target its name on the command line
   * @param classPath where Java targets are found
   * @param listener is told each message when it has been tried
   * @throws io.vtlb.conformance.target.UnusableTarget if there is none of that name
   */
  public static Tried of(
      String target, List<Path> classPath, Limits limits, Consumer<Row> listener) {
    Smoke smoke = new Smoke(target, listener);
    TargetSource source;
    try {
      source = Targets.named(target, classPath, limits, smoke.dialogue);
    } catch (FailedTarget e) {
      smoke.endAtTheBeginning(e.misbehaviour());
      return new Tried(target, Optional.empty(), smoke.ledger.rows());
    }
    smoke.go(source);
    return new Tried(target, Optional.of(source.description()), smoke.ledger.rows());
  }

  /** The target has failed before anything could be run on it. */
  private void endAtTheBeginning(Misbehaviour misbehaviour) {
    Diagnosis diagnosis = new Diagnosis(HELLO, new Reason.Failed(misbehaviour), speech.spoken());
    Message failed = diagnosis.message();
    if (failed.equals(HELLO)) {
      fails(
          HELLO,
          BEGINNING,
          diagnosis,
          "The target says what it is; what it declares decides what it is asked.");
    } else {
      ledger.works(HELLO, BEGINNING, "");
      fails(RESET, "before the first sequence", diagnosis, "The target has no machine now.");
    }
    String missing = speech.notation().name(failed);
    for (Question next : List.of(Question.CREATE, Question.ENTRIES, Question.EVENT)) {
      ledger.notTried(Message.of(next), "", missing);
    }
    if (speech.isSpoken()) {
      ledger.notTried(BYE, LAST, missing);
    }
  }

  private void go(TargetSource source) {
    ledger.works(HELLO, BEGINNING, words(source.description()));
    ledger.works(RESET, "before the first sequence", "");
    try (Harness harness = source.open()) {
      Messages messages = new Messages(new Trial(harness, source.description(), speech), ledger);
      messages.go();
      if (harness instanceof ExecHarness program) {
        together(messages);
        bye(program);
      }
    }
  }

  private static String words(Description description) {
    return "\"%s\"%s, level %d; %s; %s"
        .formatted(
            description.name(),
            description.version().isEmpty() ? "" : " " + description.version(),
            description.level().number(),
            description.modes().stream().map(mode -> mode.word()).collect(Collectors.joining(" ")),
            description.features().isEmpty()
                ? "no features"
                : description.features().stream()
                    .map(Feature::word)
                    .collect(Collectors.joining(" ")));
  }

  /** What went well request by request goes well again. */
  private void together(Messages messages) {
    String about = "several requests before the first is answered";
    if (dialogue.asksForMemory()) {
      ledger.notDeclared(TOGETHER, about, "never put together with \"memory\":\"ask\"");
    } else if (messages.missing().isPresent()) {
      ledger.notTried(TOGETHER, about, messages.missing().get());
    } else {
      dialogue.hurry();
      Optional<Diagnosis> diagnosis = messages.again();
      if (diagnosis.isPresent()) {
        fails(
            TOGETHER,
            about,
            diagnosis.get(),
            "Each request is answered, in order; one by one all of this went well. Whoever reads"
                + " more than one line at once keeps the rest for later.");
      } else {
        ledger.works(TOGETHER, about, "");
      }
    }
  }

  private void bye(ExecHarness program) {
    Optional<Misbehaviour> found;
    try {
      found = program.farewell();
    } catch (IOException e) {
      String told = "the target cannot be started again: " + e.getMessage();
      found = Optional.of(new Misbehaviour(Misbehaviour.Kind.NO_START, "", told));
    }
    if (found.isEmpty()) {
      ledger.works(BYE, LAST, "");
    } else {
      fails(
          BYE,
          LAST,
          new Diagnosis(BYE, new Reason.Failed(found.get()), speech.spoken()),
          "The target answers, writes nothing more, and exits with 0 in the time for an answer.");
    }
  }

  private void fails(Message message, String about, Diagnosis diagnosis, String expected) {
    ledger.fails(message, about, diagnosis.shortfall(speech.notation(), expected));
  }
}
