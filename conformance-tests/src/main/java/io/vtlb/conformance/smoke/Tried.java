package io.vtlb.conformance.smoke;

import io.vtlb.conformance.run.Misbehaviour.Kind;
import io.vtlb.conformance.smoke.Row.Result;
import io.vtlb.model.target.Description;
import java.util.List;
import java.util.Optional;

/**
 * What came of all messages of a target.
 *
 * @param target its name on the command line
 * @param description what it says about itself; nothing if it did not get so far
 */
public record Tried(String target, Optional<Description> description, List<Row> rows) {

  public Tried {
    rows = List.copyOf(rows);
  }

  /** The first message that fails. */
  public Optional<Row> firstFailure() {
    return rows.stream().filter(row -> row.result() == Result.FAILS).findFirst();
  }

  /** True if the target could not be started again, so that little can be said of it. */
  public boolean isInconclusive() {
    return rows.stream()
        .flatMap(row -> row.shortfall().stream())
        .anyMatch(shortfall ->
            shortfall.reason() instanceof Reason.Failed(var misbehaviour)
                && misbehaviour.kind() == Kind.NO_START);
  }
}
