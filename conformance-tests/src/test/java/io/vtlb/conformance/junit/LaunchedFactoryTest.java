package io.vtlb.conformance.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.design.lazy.LazyTlb;
import io.vtlb.conformance.design.lazy.Slip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The one line, as JUnit itself runs it. */
class LaunchedFactoryTest {

  @TempDir private static Path traces;

  /** What a user writes. */
  static final class OneLine {

    @TestFactory
    Stream<DynamicNode> conforms() {
      return Conformance.of(() -> new LazyTlb(Set.of(Slip.CLEAN_PAGE_WRITABLE)))
          .strategy("random")
          .sequences(300)
          .rules("DERIVE-3", "EVENT-1", "FULL-2")
          .traces(traces)
          .tests();
    }
  }

  private record Ended(String name, Status status, String message) {}

  private static final class Listener implements TestExecutionListener {

    private final List<Ended> ended = new ArrayList<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest()) {
        String message = result.getThrowable().map(Throwable::getMessage).orElse("");
        ended.add(new Ended(test.getDisplayName(), result.getStatus(), message));
      }
    }

    List<String> names(Status status) {
      return ended.stream()
          .filter(one -> one.status() == status)
          .map(one -> one.name().split(" ", 2)[0])
          .toList();
    }
  }

  @Test
  void passesFailuresAndSkipsAreWhatTheyAre() {
    Listener listener = new Listener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(OneLine.class))
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .build(),
            listener);
    assertEquals(5, listener.ended.size(), listener.ended::toString);
    assertEquals(List.of("DERIVE-3"), listener.names(Status.FAILED), listener.ended::toString);
    assertEquals(List.of("the", "the", "EVENT-1"), listener.names(Status.SUCCESSFUL));
    assertEquals(List.of("FULL-2"), listener.names(Status.ABORTED), listener.ended::toString);
    assertTrue(
        listener.ended.stream()
            .anyMatch(one -> one.message().contains("counterexample: DERIVE-3 (MUST) is broken")));
  }
}
