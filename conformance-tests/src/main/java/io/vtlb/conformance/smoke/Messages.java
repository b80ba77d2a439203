package io.vtlb.conformance.smoke;

import io.vtlb.conformance.smoke.Check.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages of sequences: each is tried if the target declares it and its foundations work. */
final class Messages {

  private static final Message RESET = Message.of(Question.RESET);

  private final Trial trial;
  private final Ledger ledger;
  private final List<Check> passed = new ArrayList<>();
  private Optional<String> missing = Optional.empty();

  Messages(Trial trial, Ledger ledger) {
    this.trial = trial;
    this.ledger = ledger;
  }

  /** Without this message the others say nothing; nothing if it works. */
  Optional<String> missing() {
    return missing;
  }

  void go() {
    List<Check> further;
    if (trial.isMachine()) {
      need(MachineChecks.create(trial.description()));
      need(MachineChecks.load(trial.description()));
      further = MachineChecks.further(trial.description());
    } else {
      need(Checks.create(trial.description()));
      need(Checks.firstFault(trial.description()));
      further = Checks.further(trial.description());
    }
    reset();
    further.forEach(this::take);
  }

  /** Tries what went well once more; what goes wrong first. */
  Optional<Diagnosis> again() {
    return passed.stream().map(trial::of).flatMap(Optional::stream).findFirst();
  }

  private void need(Check check) {
    Optional<Message> failed = take(check);
    if (missing.isEmpty()) {
      missing = failed.map(trial.speech().notation()::name);
    }
  }

  /** Tries a check, if that makes sense; the message that fails, if one does. */
  private Optional<Message> take(Check check) {
    List<String> lacking = check.lacking(trial.description());
    List<Part> parts = asked(check);
    if (!lacking.isEmpty()) {
      String why = String.join(", ", lacking);
      parts.forEach(part -> ledger.notDeclared(part.message(), part.about(), why));
      return Optional.empty();
    }
    if (missing.isPresent()) {
      parts.forEach(part -> ledger.notTried(part.message(), part.about(), missing.get()));
      return Optional.empty();
    }
    Optional<Diagnosis> diagnosis = trial.of(check);
    if (diagnosis.isPresent()) {
      return Optional.of(tell(parts, diagnosis.get()));
    }
    parts.forEach(part -> ledger.works(part.message(), part.about(), ""));
    passed.add(check);
    return Optional.empty();
  }

  /** Whoever reads guest memory when it needs it is not told of stores. */
  private List<Part> asked(Check check) {
    return check.parts().stream()
        .filter(
            part -> part.message().question() != Question.STORES || trial.speech().tellsStores())
        .toList();
  }

  /** The part that fails is the one of the message to blame, or the last. */
  private Message tell(List<Part> parts, Diagnosis diagnosis) {
    List<Message> messages = parts.stream().map(Part::message).toList();
    int index = messages.indexOf(diagnosis.message());
    int failing = index < 0 ? parts.size() - 1 : index;
    Part failed = parts.get(failing);
    parts.subList(0, failing).forEach(part -> ledger.works(part.message(), part.about(), ""));
    ledger.fails(
        failed.message(),
        failed.about(),
        diagnosis.shortfall(trial.speech().notation(), failed.expected()));
    String name = trial.speech().notation().name(failed.message());
    parts
        .subList(failing + 1, parts.size())
        .forEach(part -> ledger.notTried(part.message(), part.about(), name));
    return failed.message();
  }

  /** What went well once goes well again, unless something is left of the first time. */
  private void reset() {
    String about = "a second sequence, the same as the first";
    if (missing.isPresent()) {
      ledger.notTried(RESET, about, missing.get());
      return;
    }
    again()
        .ifPresentOrElse(
            diagnosis ->
                ledger.fails(
                    RESET,
                    about,
                    diagnosis.shortfall(
                        trial.speech().notation(),
                        "Nothing is left of the sequence before: no machine, no entry. The same"
                            + " sequence went well the first time.")),
            () -> ledger.works(RESET, about, ""));
  }
}
