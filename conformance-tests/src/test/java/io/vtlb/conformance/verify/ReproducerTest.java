package io.vtlb.conformance.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.WrappedVmm;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.trace.RecordedVerdict;
import io.vtlb.conformance.trace.TraceReader;
import io.vtlb.conformance.trace.TraceWriter;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash is explained by a minimal sequence, like a broken rule. */
class ReproducerTest {

  @TempDir private Path folder;

  /** Fails at the first INVLPG, and only there. */
  private static final class Fragile extends WrappedVmm {

    @Override
    public Response handle(Event event) {
      if (event instanceof Event.InvalidatePage) {
        throw new UnsupportedOperationException("INVLPG");
      }
      return super.handle(event);
    }
  }

  @Test
  void onlyTheOperationThatCrashesIsLeft() throws IOException {
    TargetSource source = TargetSource.inProcess("fragile", new Fragile().describe(), Fragile::new);
    VerificationPlan plan = Plans.of(source, 1, 300, Plans.LENGTH);
    RecordedTrace trace = Findings.of(Plans.run(plan)).reproducers().getFirst().trace();
    assertEquals(1, trace.sequence().operations().size());
    assertInstanceOf(InvalidatePage.class, trace.sequence().operations().getFirst());
    RecordedVerdict verdict = trace.verdict().orElseThrow();
    assertEquals(RecordedVerdict.Outcome.CRASH, verdict.outcome());
    assertEquals(Optional.empty(), verdict.rule());
    assertEquals(1, verdict.step());

    Path file = folder.resolve("crash.jsonl");
    TraceWriter.write(trace, file);
    Recording again = Recording.of(TraceReader.read(file).sequence(), source, plan.rules());
    assertInstanceOf(RunOutcome.Misbehaved.class, again.outcome());
    assertEquals(trace, again.trace());
  }
}
