package io.vtlb.conformance.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vtlb.model.reference.ReferenceVmm;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Options that are none: one line says which, and what to give. */
class OptionsTest {

  record Wrong(Function<Conformance, Conformance> option, String message) {}

  static List<Wrong> wrong() {
    return List.of(
        new Wrong(
            all -> all.mode("long"), "'long' is no mode; give 32, pae, 4level, 5level, mixed"),
        new Wrong(all -> all.strategy("best"), "'best' is no strategy; give random, smt, all"),
        new Wrong(all -> all.sequences(0), "sequences: 1 or more, not 0"),
        new Wrong(all -> all.length(10_001), "length: 1 to 10000, not 10001"),
        new Wrong(all -> all.jobs(0), "jobs: 1 to 256, not 0"));
  }

  @ParameterizedTest
  @MethodSource
  void wrong(Wrong wrong) {
    Conformance usual = Conformance.of(ReferenceVmm::new);
    assertEquals(
        wrong.message(),
        assertThrows(IllegalArgumentException.class, () -> wrong.option().apply(usual))
            .getMessage());
  }

  static List<Wrong> listed() {
    return List.of(
        new Wrong(all -> all.rules("TLB-0"), "'TLB-0' is no rule; give INIT-1, "),
        new Wrong(Conformance::rules, "rules: name at least one of INIT-1, "),
        new Wrong(all -> all.ingredients("salt"), "'salt' is no ingredient; give shared-table, "));
  }

  @ParameterizedTest
  @MethodSource
  void listed(Wrong wrong) {
    Conformance usual = Conformance.of(ReferenceVmm::new);
    String message =
        assertThrows(IllegalArgumentException.class, () -> wrong.option().apply(usual))
            .getMessage();
    assertEquals(wrong.message(), message.substring(0, wrong.message().length()));
  }
}
