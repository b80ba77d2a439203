package io.vtlb.conformance.reduce;

import static io.vtlb.conformance.run.ExampleWorld.CPU;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.run.ExampleWorld;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.trace.Sequence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two pages whose names may be exchanged are not exchanged for ever. */
class ReducerBoundTest {

  @Test
  void exchangeablePagesEndTheReduction() {
    int[] runs = {0};
    Sequence start =
        new Sequence(
            ExampleWorld.of(ExampleWorld.machine(0, 0)),
            List.of(new Load(CPU, 0), new Load(CPU, 0x1000)));
    Reducer.reduce(
        start,
        candidate -> {
          runs[0]++;
          return candidate.operations().size() == 2;
        });
    assertTrue(runs[0] < 1_000, runs[0] + " runs");
  }
}
