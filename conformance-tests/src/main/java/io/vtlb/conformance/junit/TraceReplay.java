package io.vtlb.conformance.junit;

import io.vtlb.conformance.report.ReplayReport;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.trace.TraceReader;
import io.vtlb.conformance.verify.Needs;
import io.vtlb.conformance.verify.Recording;
import io.vtlb.model.rule.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * One trace, run again.
 *
 * @param rules the rules to judge
 */
record TraceReplay(Path file, Supplier<TargetSource> target, Set<Rule> rules) {

  DynamicNode test() {
    return DynamicTest.dynamicTest("nothing is wrong in " + file.getFileName(), this::run);
  }

  private void run() throws BadTrace {
    RecordedTrace trace = TraceReader.read(file);
    TargetSource source = target.get();
    List<String> missing = Needs.of(trace.sequence()).lacking(source.description());
    if (!missing.isEmpty()) {
      throw new TestAbortedException(
          "%s needs a target that declares %s; %s does not"
              .formatted(file, String.join(", ", missing), source.name()));
    }
    Recording again = Recording.of(trace.sequence(), source, rules);
    if (!(again.outcome() instanceof RunOutcome.Conforms)) {
      throw new AssertionFailedError(new ReplayReport(source.name(), trace, again).text());
    }
  }
}
