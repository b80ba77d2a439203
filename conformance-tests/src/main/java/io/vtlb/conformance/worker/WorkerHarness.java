package io.vtlb.conformance.worker;

import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.run.TargetFailure;
import io.vtlb.conformance.verify.PlanHarness;
import io.vtlb.conformance.verify.Played;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
import io.vtlb.model.trace.Sequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A target that runs with generator and monitor in a child process, which is started again after
 * the target has taken it down.
 */
public final class WorkerHarness implements PlanHarness {

  private final String target;
  private final List<Path> classPath;
  private final Limits limits;
  private @Nullable WorkerSession session;
  private @Nullable VerificationPlan known;

  /**
   * @param target its name on the command line
   * @param classPath where Java targets are found
   */
  public WorkerHarness(String target, List<Path> classPath, Limits limits) {
    this.target = target;
    this.classPath = List.copyOf(classPath);
    this.limits = limits;
  }

  /**
   * What the target says about itself.
   *
   * @throws IOException if the worker cannot be started
   * @throws UnusableInWorker if there is no such target
   * @throws TargetFailure if the target fails before it has said what it is
   */
  public Description describe() throws IOException {
    return session().description();
  }

  private WorkerSession session() throws IOException {
    WorkerSession open = session;
    if (open == null) {
      open = WorkerSession.start(target, classPath, limits);
      session = open;
      known = null;
    }
    return open;
  }

  @Override
  public List<Played> play(VerificationPlan plan, long first, int count) {
    List<Played> all = new ArrayList<>(count);
    int failed = 0;
    while (all.size() < count && failed <= plan.restarts()) {
      int before = all.size();
      try {
        WorkerSession open = session();
        tell(open, plan);
        open.play(plan, first + before, count - before, all);
      } catch (IOException e) {
        all.add(lost(0, notStarted(e)));
      } catch (TargetFailure e) {
        long number = first + all.size();
        all.add(lost(begunAt(number, plan.sequence(number)), e.misbehaviour()));
      }
      for (Played played : all.subList(before, all.size())) {
        failed += played.outcome() instanceof RunOutcome.Misbehaved ? 1 : 0;
      }
    }
    return all;
  }

  @SuppressWarnings("ReferenceEquality") // the very same plan need not be told again
  private void tell(WorkerSession open, VerificationPlan plan) {
    if (known != plan) {
      open.tell(plan);
      known = plan;
    }
  }

  /** How many operations of a sequence had begun when the worker went. */
  private int begunAt(long number, Sequence sequence) {
    WorkerSession gone = session;
    int begun = gone == null ? 0 : gone.begunAt(number, sequence.operations().size());
    close();
    return begun;
  }

  private static Played lost(int operations, Misbehaviour misbehaviour) {
    return new Played(Set.of(), RunOutcome.Misbehaved.uncounted(operations, misbehaviour));
  }

  private static Misbehaviour notStarted(IOException problem) {
    return new Misbehaviour(
        Misbehaviour.Kind.NO_START,
        "",
        "the worker cannot be started again: " + problem.getMessage());
  }

  @Override
  public RunOutcome run(Sequence sequence, Set<Rule> rules, StepListener listener) {
    try {
      WorkerSession open = session();
      WorkerSession.Told told = open.run(sequence, rules);
      Retelling.to(listener, told.recorded(), told.outcome().operations());
      LastQuestion.tell(open.question(), sequence.world(), true, listener);
      return told.outcome();
    } catch (IOException e) {
      return lost(0, notStarted(e)).outcome();
    } catch (TargetFailure e) {
      int question = session == null ? LastQuestion.OPERATION : session.question();
      int operations = begunAt(ProgressFile.SINGLE, sequence);
      sequence.operations().subList(0, operations).forEach(listener::operation);
      LastQuestion.tell(question, sequence.world(), false, listener);
      return lost(operations, e.misbehaviour()).outcome();
    }
  }

  @Override
  public void close() {
    WorkerSession open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }
}
