package io.vtlb.conformance.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.trace.RecordedVerdict;
import io.vtlb.conformance.trace.TraceReader;
import io.vtlb.model.rule.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rare sequences on which a target that is meant to be right was found wrong, and is right now. */
class OnceWrongTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "role-shared-device-read-too-early",
        "role-shared-page-invalidated-in-another-root"
      })
  void isRightNow(String name) throws IOException, BadTrace {
    RecordedTrace trace = read(name);
    RecordedVerdict once = trace.verdict().orElseThrow();
    assertEquals(RecordedVerdict.Outcome.VIOLATION, once.outcome());
    Recording now =
        Recording.of(
            trace.sequence(), Targets.named(once.target(), List.of()), EnumSet.allOf(Rule.class));
    assertInstanceOf(RunOutcome.Conforms.class, now.outcome());
  }

  private static RecordedTrace read(String name) throws IOException, BadTrace {
    try (InputStream in =
        Objects.requireNonNull(OnceWrongTest.class.getResourceAsStream(name + ".jsonl"), name)) {
      return TraceReader.read(in, name);
    }
  }
}
