package io.vtlb.conformance.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each way to misbehave gets the verdict that names it, in time, and leaves nothing behind. */
class TortureTest {

  /** Most of the time goes into waiting. */
  private static final int AT_ONCE = 3;

  private static final Duration SPARE = Duration.ofSeconds(2);

  private static final List<Future<Ordeal>> ORDEALS = new ArrayList<>();
  private static Set<String> files = Set.of();

  /** The first run has classes to load, which takes time that is nobody's fault. */
  @BeforeAll
  static void start() throws IOException {
    files = files();
    Ordeal honest = Ordeal.of(Case.of(Way.NONE, Misbehaviour.Kind.EXIT, ""));
    assertEquals(Optional.empty(), honest.found());
    assertNotEquals(Verdict.Kind.FAILS, honest.verdict().orElseThrow().kind());
    ExecutorService runners = Executors.newFixedThreadPool(AT_ONCE);
    Cases.all().forEach(one -> ORDEALS.add(runners.submit(() -> Ordeal.of(one))));
    runners.shutdown();
  }

  @TestFactory
  Stream<DynamicTest> everyWay() {
    List<Case> cases = Cases.all();
    return Stream.iterate(0, number -> number < cases.size(), number -> number + 1)
        .map(number ->
            DynamicTest.dynamicTest(
                cases.get(number).way().name(),
                () -> assertTold(cases.get(number), ORDEALS.get(number).get())));
  }

  private static void assertTold(Case one, Ordeal ordeal) {
    Misbehaviour found = ordeal.found().orElseThrow();
    assertEquals(one.kind(), found.kind(), found.told());
    assertTrue(found.told().contains(one.told()), found.told());
    ordeal.verdict().ifPresent(verdict -> assertNames(found, verdict));
    Duration most = deadline(one).plus(SPARE);
    assertTrue(ordeal.time().compareTo(most) < 0, () -> ordeal.time() + " of " + most);
    assertEquals(List.of(), ordeal.left());
  }

  private static void assertNames(Misbehaviour found, Verdict verdict) {
    if (found.isFalseDeclaration()) {
      assertEquals(Verdict.Kind.FAILS, verdict.kind());
      assertEquals("declared but not so: " + found.told(), verdict.reason());
      return;
    }
    assertEquals(Verdict.Kind.INCONCLUSIVE, verdict.kind());
    String named = found.kind().family().id() + ": " + found.told() + " in sequence ";
    assertTrue(verdict.reason().startsWith(named), verdict.reason());
  }

  /** Whatever a target does instead of answering, it has no longer than for the answer. */
  private static Duration deadline(Case one) {
    Limits limits = one.limits();
    return switch (one.kind()) {
      case HANG_AT_START -> limits.start();
      case HANG_IN_SEQUENCE -> limits.sequence();
      default ->
          one.way().moment() == Moment.START || one.way().moment() == Moment.HELLO
              ? limits.start()
              : limits.event();
    };
  }

  @AfterAll
  static void nothingIsLeft() throws IOException, InterruptedException {
    long end = System.nanoTime() + SPARE.toNanos();
    while (!threads().isEmpty() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertEquals(Set.of(), threads());
    assertEquals(files, files());
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("vtlb-") || name.startsWith("target-"))
        .collect(Collectors.toSet());
  }

  /** What Java or the system write where a program runs that is ended by a signal. */
  private static Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("").toAbsolutePath())) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith("hs_err") || name.startsWith("core"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
