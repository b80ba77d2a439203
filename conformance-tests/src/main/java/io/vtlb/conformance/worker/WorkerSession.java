package io.vtlb.conformance.worker;

import io.vtlb.conformance.process.ScratchFolder;
import io.vtlb.conformance.process.TargetProcess;
import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.TargetFailure;
import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.conformance.trace.Place;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.conformance.trace.TraceReader;
import io.vtlb.conformance.trace.TraceWriter;
import io.vtlb.conformance.verify.Played;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
import io.vtlb.model.trace.Sequence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** One worker: a child process, what it was told, and what it left when it went. */
final class WorkerSession implements AutoCloseable {

  /** The worker keeps its own deadlines; this is for one that cannot even do that. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration ENDLESS = Duration.ofDays(365);
  private static final int LINE_BYTES = 256 << 20;

  private final TargetProcess process;
  private final ScratchFolder folder;
  private final ProgressFile progress;
  private final Description description;

  /** How a sequence ended, and what happened in it. */
  record Told(RunOutcome outcome, RecordedTrace recorded) {}

  private WorkerSession(
      TargetProcess process, ScratchFolder folder, ProgressFile progress, Description description) {
    this.process = process;
    this.folder = folder;
    this.progress = progress;
    this.description = description;
  }

  static WorkerSession start(String target, List<Path> classPath, Limits limits)
      throws IOException {
    ScratchFolder folder = ScratchFolder.create();
    try {
      return start(target, classPath, limits, folder);
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static WorkerSession start(
      String target, List<Path> classPath, Limits limits, ScratchFolder folder) throws IOException {
    ProgressFile progress = ProgressFile.open(folder.resolve("progress"));
    progress.sequence(ProgressFile.NONE);
    Path crash = folder.resolve("crash");
    List<String> command =
        WorkerCommand.of(target, classPath, folder.resolve("progress"), crash, limits);
    Limits outer =
        new Limits(
            limits.start(),
            limits.sequence().plus(GRACE),
            ENDLESS,
            limits.memoryBytes(),
            LINE_BYTES,
            limits.outputBytes());
    TargetProcess process = TargetProcess.start(command, outer);
    try {
      Description description = description(process, crash);
      process.beginSequence();
      return new WorkerSession(process, folder, progress, description);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static Description description(TargetProcess process, Path crash) {
    Fields first = read(process, crash);
    try {
      if (first.has("unusable")) {
        throw new UnusableInWorker(first.text("unusable"));
      }
      return DescriptionForm.read(first.object("description"));
    } catch (BadTrace e) {
      throw mistaken(process, e);
    }
  }

  Description description() {
    return description;
  }

  /** Tells the plan that sequences are played of from now on. */
  void tell(VerificationPlan plan) {
    ObjectNode line = SharedForms.object();
    line.set("plan", PlanForm.of(plan));
    byte[] bytes = bytes(line);
    process.beginSequence();
    process.reply(bytes, bytes.length);
  }

  /** Plays sequences of a plan; those that were played are added even if the worker goes. */
  void play(VerificationPlan plan, long first, int count, List<Played> into) {
    ObjectNode line = SharedForms.object();
    line.putObject("play").put("first", first).put("count", count);
    write(line, count, "sequences of the plan");
    for (int i = 0; i < count; i++) {
      Played played = outcome(read(process, crash()));
      if (!(played.outcome() instanceof RunOutcome.Conforms)) {
        requireWithin(plan.sequence(first + i), played.outcome());
      }
      into.add(played);
    }
  }

  /** Runs one sequence. */
  Told run(Sequence sequence, Set<Rule> rules) {
    ObjectNode line = SharedForms.object();
    ObjectNode run = line.putObject("run");
    PlanForm.putRules(run, rules);
    String trace = text(sequence);
    run.put("trace", trace);
    write(line, 1, "a sequence");
    Fields answer = read(process, crash());
    RunOutcome outcome = outcome(answer).outcome();
    try {
      byte[] steps = answer.text("recorded").getBytes(StandardCharsets.UTF_8);
      RecordedTrace recorded =
          TraceReader.read(new ByteArrayInputStream(steps), "what the worker recorded");
      requireWithin(sequence, outcome);
      if (!text(recorded.sequence()).equals(trace)) {
        throw answer.bad("recorded", "is of another sequence");
      }
      return new Told(outcome, recorded);
    } catch (BadTrace e) {
      throw mistaken(process, e);
    }
  }

  /** What ended a sequence is one of its operations, or what came before them. */
  private void requireWithin(Sequence sequence, RunOutcome outcome) {
    int operations = sequence.operations().size();
    if (outcome.operations() > operations) {
      throw nonsense(process, "%d operations of %d".formatted(outcome.operations(), operations));
    }
  }

  private static String text(Sequence sequence) {
    StringBuilder text = new StringBuilder();
    try {
      TraceWriter.write(RecordedTrace.of(sequence), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void write(ObjectNode line, int answers, String what) {
    byte[] bytes = bytes(line);
    process.beginSequence();
    try {
      process.write(bytes, bytes.length, answers, what);
    } catch (TargetFailure e) {
      throw explained(e, crash());
    }
  }

  private static byte[] bytes(ObjectNode line) {
    return (SharedForms.line(line) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private Played outcome(Fields answer) {
    try {
      return OutcomeForm.read(answer);
    } catch (BadTrace e) {
      throw mistaken(process, e);
    }
  }

  private static Fields read(TargetProcess process, Path crash) {
    Fields fields;
    try {
      fields = SharedForms.fields(new Place("worker", 0), process.readLine("the parent"));
      process.answered();
    } catch (TargetFailure e) {
      throw explained(e, crash);
    } catch (BadTrace e) {
      throw mistaken(process, e);
    }
    if (fields.has("last")) {
      try {
        Misbehaviour last = OutcomeForm.misbehaviour(fields.object("last"));
        throw new TargetFailure(
            new Misbehaviour(last.kind(), last.detail(), last.told(), lastWords(process)));
      } catch (BadTrace e) {
        throw mistaken(process, e);
      }
    }
    return fields;
  }

  private static String lastWords(TargetProcess process) {
    process.close();
    return process.lastWords();
  }

  /** A signal that the JVM could describe is told with the place. */
  private static TargetFailure explained(TargetFailure failure, Path crash) {
    Misbehaviour plain = failure.misbehaviour();
    return CrashFile.read(crash)
        .map(file ->
            new TargetFailure(
                new Misbehaviour(
                    Misbehaviour.Kind.SIGNAL,
                    file.signal(),
                    "the target was ended by "
                        + file.signal()
                        + (file.place().isEmpty() ? "" : " in " + file.place()),
                    withoutBanner(plain.lastWords()))))
        .orElse(failure);
  }

  /** What the JVM itself prints when it ends is not the target's last words. */
  private static String withoutBanner(String words) {
    return words
        .lines()
        .filter(line -> !line.startsWith("#"))
        .reduce((a, b) -> a + "\n" + b)
        .orElse("");
  }

  /** A target may scribble over what its worker writes. */
  private static TargetFailure mistaken(TargetProcess process, BadTrace problem) {
    return nonsense(process, problem.problem());
  }

  private static TargetFailure nonsense(TargetProcess process, String what) {
    return process.failed(
        Misbehaviour.Kind.INVALID_JSON,
        "the worker that the target runs in wrote nonsense: " + what);
  }

  private Path crash() {
    return folder.resolve("crash");
  }

  /** What the target was asked last, a number of {@link LastQuestion}, unless it wrote there. */
  int question() {
    return progress.question();
  }

  /**
   * How many operations of a sequence had begun.
   *
   * @param most how many it has
   */
  int begunAt(long number, int most) {
    return progress.sequence() == number ? progress.operations(most) : 0;
  }

  @Override
  public void close() {
    process.close();
    folder.close();
  }
}
