package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vtlb.conformance.emulator.EmulatorOptions;
import io.vtlb.conformance.emulator.Executable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CheckEmulatorTest {

  private static void assumeEmulator() {
    assumeTrue(
        Executable.version(EmulatorOptions.QEMU).isPresent(),
        EmulatorOptions.QEMU + " is not here");
  }

  @Test
  void aMissingEmulatorIsOneLine() {
    Typed typed = Typed.of("check-emulator", "--emulator", "no-such-emulator");
    assertEquals(3, typed.code());
    assertEquals("", typed.out());
    assertEquals(1, typed.err().lines().count(), typed.err());
    assertTrue(typed.err().startsWith("vtlb: no-such-emulator is not here; install"), typed.err());
  }

  @ParameterizedTest
  @CsvSource({
    "--mode, 3level, 3level",
    "--probes, 0, --probes",
    "--probes, 1000000001, --probes",
    "--probes, many, many",
    "--seed, x, --seed"
  })
  void badOptionsAreRefused(String option, String value, String culprit) {
    Typed.of("check-emulator", option, value).assertRefused(culprit);
  }

  @Test
  void theTableHasEveryMode() {
    assumeEmulator();
    Typed typed = Typed.of("check-emulator", "--probes", 500);
    typed.assertExits(0);
    for (String mode : List.of("none", "32-bit", "PAE", "4-level", "5-level")) {
      assertTrue(typed.out().contains("\n" + mode + " "), typed.out());
    }
    assertTrue(typed.out().endsWith(" of them as the ledger says\n"), typed.out());
  }

  @Test
  void jsonAddsUpAndIsTheSameAgain() {
    assumeEmulator();
    Typed typed = Typed.of("check-emulator", "--mode", "pae", "--probes", 300, "--json");
    typed.assertExits(0);
    JsonNode json = typed.json();
    assertEquals(300, json.get("probes").asInt());
    assertTrue(json.get("agree").asInt() < 300);
    assertTrue(json.get("known").get("pdpte-accessed").asInt() > 200);
    assertTrue(json.get("deviations").isEmpty());
    assertEquals(
        typed.out(), Typed.of("check-emulator", "--mode", "pae", "--probes", 300, "--json").out());
  }
}
