package io.vtlb.conformance.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** How each test of a factory ended, by the first word of its name; nothing if it passed. */
record Executed(Map<String, Optional<Throwable>> outcomes) {

  static final String DESCRIBES = "the target describes itself";
  static final String STAYS = "the target never fails by itself";

  static Executed of(Conformance conformance, Path traces) {
    return of(conformance.traces(traces).tests().toList());
  }

  static Executed of(List<DynamicNode> nodes) {
    Map<String, Optional<Throwable>> outcomes = new LinkedHashMap<>();
    for (DynamicNode node : nodes) {
      DynamicTest test = assertInstanceOf(DynamicTest.class, node);
      String name = test.getDisplayName();
      String key = name.startsWith("the ") ? name : name.substring(0, name.indexOf(' '));
      assertEquals(null, outcomes.put(key, outcome(test)), "two tests of one name: " + key);
    }
    return new Executed(outcomes);
  }

  private static Optional<Throwable> outcome(DynamicTest test) {
    try {
      test.getExecutable().execute();
      return Optional.empty();
    } catch (Throwable thrown) {
      return Optional.of(thrown);
    }
  }

  /** The names of tests that failed. */
  List<String> failed() {
    return ended(AssertionFailedError.class);
  }

  List<String> skipped() {
    return ended(TestAbortedException.class);
  }

  List<String> passed() {
    return outcomes.entrySet().stream()
        .filter(one -> one.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  String message(String test) {
    return outcomes.get(test).orElseThrow().getMessage();
  }

  private List<String> ended(Class<?> with) {
    return outcomes.entrySet().stream()
        .filter(one -> one.getValue().filter(with::isInstance).isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }
}
