package io.vtlb.conformance.child;

import io.vtlb.conformance.run.Harness;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.conformance.trace.Place;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.conformance.trace.TraceReader;
import io.vtlb.conformance.trace.TraceWriter;
import io.vtlb.conformance.verify.NumberedPlay;
import io.vtlb.conformance.verify.Played;
import io.vtlb.conformance.verify.Recording;
import io.vtlb.conformance.worker.OutcomeForm;
import io.vtlb.conformance.worker.PlanForm;
import io.vtlb.conformance.worker.ProgressFile;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.trace.Sequence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the parent asks a worker for. */
final class Requests {

  private final TargetSource target;
  private final ParentLink parent;
  private final ProgressFile progress;
  private final Deadlines deadlines;
  private final Harness harness;
  private @Nullable NumberedPlay plan;

  Requests(TargetSource target, ParentLink parent, ProgressFile progress, Deadlines deadlines) {
    this.target = target;
    this.parent = parent;
    this.progress = progress;
    this.deadlines = deadlines;
    this.harness = target.open();
  }

  /** Does what one line asks for, and answers it. */
  void perform(String line) throws IOException {
    Fields fields = SharedForms.fields(new Place("parent", 0), line);
    if (fields.has("plan")) {
      plan = new NumberedPlay(PlanForm.read(fields.object("plan"), target));
    } else if (fields.has("play")) {
      play(fields.object("play"));
    } else {
      run(fields.object("run"));
    }
  }

  private void play(Fields fields) throws IOException {
    NumberedPlay told = plan;
    if (told == null) {
      throw new BadPlan();
    }
    long first = fields.number("first");
    long count = fields.number("count");
    for (long number = first; number < first + count; number++) {
      begin(number);
      Played played = told.play(number, harness, new Steps(progress, deadlines, StepListener.NONE));
      end();
      parent.send(OutcomeForm.of(played));
    }
  }

  private void begin(long number) {
    progress.sequence(number);
    deadlines.begin();
  }

  private void end() {
    deadlines.end();
    progress.sequence(ProgressFile.NONE);
  }

  private void run(Fields fields) throws IOException {
    Sequence sequence = sequence(fields.text("trace"));
    Set<Rule> rules = PlanForm.rules(fields);
    begin(ProgressFile.SINGLE);
    Recording recording = Recording.of(sequence, target, noting(harness), rules);
    end();
    RunOutcome outcome = recording.outcome();
    ObjectNode line = OutcomeForm.of(new Played(Set.of(), outcome));
    StringBuilder text = new StringBuilder();
    TraceWriter.write(withoutVerdict(recording.trace()), text);
    line.put("recorded", text.toString());
    parent.send(line);
  }

  /** The same harness, whose steps are noted. */
  private Harness noting(Harness plain) {
    return new Harness() {
      @Override
      public RunOutcome run(Sequence sequence, Set<Rule> rules, StepListener listener) {
        return plain.run(sequence, rules, new Steps(progress, deadlines, listener));
      }

      @Override
      public void close() {
        plain.close();
      }
    };
  }

  private static RecordedTrace withoutVerdict(RecordedTrace trace) {
    return new RecordedTrace(trace.sequence(), trace.steps(), Optional.empty());
  }

  private static Sequence sequence(String trace) throws BadTrace {
    byte[] bytes = trace.getBytes(StandardCharsets.UTF_8);
    return TraceReader.read(new ByteArrayInputStream(bytes), "parent").sequence();
  }

  /** The parent asked for sequences before it told a plan. */
  private static final class BadPlan extends IOException {

    private static final long serialVersionUID = 1L;
  }
}
