package io.vtlb.conformance.protocol;

import io.vtlb.conformance.process.TargetProcess;
import io.vtlb.conformance.run.Harness;
import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.SequenceRun;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.run.TargetFailure;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.Target;
import io.vtlb.model.trace.Sequence;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A target in a process of its own, which serves one sequence after another and is started again
 * after it has failed.
 */
public final class ExecHarness implements Harness {

  private final List<String> command;
  private final Limits limits;
  private final UnaryOperator<Target> view;
  private final Transcript transcript;
  private @Nullable Session session;

  /**
   * @param command the program and its arguments
   */
  public ExecHarness(List<String> command, Limits limits) {
    this(command, limits, UnaryOperator.identity(), Transcript.NONE);
  }

  /**
   * The same, with something between the kit and the target, and somebody who is shown what is
   * said.
   *
   * @param view what the kit sees of the target of each sequence
   */
  public ExecHarness(
      List<String> command, Limits limits, UnaryOperator<Target> view, Transcript transcript) {
    this.command = List.copyOf(command);
    this.limits = limits;
    this.view = view;
    this.transcript = transcript;
  }

  /** One process, greeted and reset. */
  private record Session(TargetProcess process, Conversation conversation, Greeting greeting) {

    void reset() {
      conversation.ask(Conversation.request("reset"), "reset");
      conversation.answer().mustAcknowledge();
    }
  }

  /**
   * What the target says about itself.
   *
   * @throws IOException if the program cannot be started
   * @throws TargetFailure if it does not say anything sensible
   */
  public Description describe() throws IOException {
    return session().greeting().description();
  }

  private Session session() throws IOException {
    Session open = session;
    if (open == null) {
      TargetProcess process = TargetProcess.start(command, limits);
      try {
        Conversation conversation = new Conversation(process, transcript);
        open = new Session(process, conversation, Greeting.of(conversation, limits.lineBytes()));
        open.reset();
        process.endSequence();
        session = open;
      } finally {
        if (session == null) {
          process.close();
        }
      }
    }
    return open;
  }

  @Override
  public RunOutcome run(Sequence sequence, Set<Rule> rules, StepListener listener) {
    try {
      Session open = session();
      open.process().beginSequence();
      RunOutcome outcome = SequenceRun.of(sequence, view.apply(target(open)), rules, listener);
      return after(open, outcome);
    } catch (IOException e) {
      String told = "the target cannot be started again: " + e.getMessage();
      return failed(new Misbehaviour(Misbehaviour.Kind.NO_START, "", told));
    } catch (TargetFailure e) {
      return failed(e.misbehaviour());
    }
  }

  private static Target target(Session open) {
    RemoteTarget remote = new RemoteTarget(open.greeting(), open.conversation());
    return open.greeting().description().level() == ObservationLevel.GUEST_VISIBLE
        ? new RemoteMachine(remote)
        : new RemoteTlb(remote);
  }

  /** What is left over of a sequence shows when the next one is prepared, and belongs to it. */
  private RunOutcome after(Session open, RunOutcome outcome) {
    if (outcome instanceof RunOutcome.Misbehaved misbehaved) {
      close();
      return with(misbehaved, open.process().lastWords());
    }
    if (open.conversation().isBusy()) {
      close();
      return outcome;
    }
    try {
      open.reset();
      open.process().endSequence();
      return outcome;
    } catch (TargetFailure e) {
      close();
      return outcome instanceof RunOutcome.Violated
          ? outcome
          : new RunOutcome.Misbehaved(
              outcome.tally(), outcome.cells(), outcome.operations(), e.misbehaviour());
    }
  }

  private static RunOutcome with(RunOutcome.Misbehaved outcome, String lastWords) {
    Misbehaviour told = outcome.misbehaviour();
    return new RunOutcome.Misbehaved(
        outcome.tally(),
        outcome.cells(),
        outcome.operations(),
        new Misbehaviour(told.kind(), told.detail(), told.told(), lastWords));
  }

  private RunOutcome failed(Misbehaviour misbehaviour) {
    close();
    return RunOutcome.Misbehaved.uncounted(0, misbehaviour);
  }

  /**
   * Says goodbye to the target and waits for its end.
   *
   * @return what it does instead of answering, writing nothing more, and exiting with 0 in the time
   *     for an answer; nothing if it ends as it should
   * @throws IOException if it does not run and cannot be started
   */
  public Optional<Misbehaviour> farewell() throws IOException {
    try {
      Session open = session();
      open.conversation().ask(Conversation.request("bye"), "bye");
      open.conversation().answer().mustAcknowledge();
      open.process().leave();
      return Optional.empty();
    } catch (TargetFailure e) {
      return Optional.of(e.misbehaviour());
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    Session open = session;
    session = null;
    if (open != null) {
      if (!open.process().hasEnded() && !open.conversation().isBusy()) {
        sayGoodbye(open);
      }
      open.process().close();
    }
  }

  private static void sayGoodbye(Session open) {
    try {
      open.process().beginFarewell();
      open.conversation().ask(Conversation.request("bye"), "bye");
      open.conversation().answer().mustAcknowledge();
    } catch (TargetFailure e) {
      // Whoever does not say goodbye is ended without it.
    }
  }
}
