package io.vtlb.conformance.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no emulator is told in one line, and nothing is thrown. */
class MissingEmulatorTest {

  @TempDir private Path folder;

  private static String reason(String executable) {
    EmulatorOptions options = new EmulatorOptions(executable, 40, Duration.ofSeconds(2));
    Opening.Missing missing =
        assertInstanceOf(Opening.Missing.class, Emulator.open(options), executable);
    assertEquals(1, missing.reason().lines().count(), missing.reason());
    return missing.reason();
  }

  private String script(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("emulator"), "#!/bin/sh\n" + text + "\n");
    assertTrue(file.toFile().setExecutable(true));
    return file.toString();
  }

  @Test
  void aMissingOneSaysHowToGetIt() {
    String reason = reason("no-such-emulator");
    assertTrue(reason.startsWith("no-such-emulator is not here; install QEMU"), reason);
    assertTrue(reason.contains("qemu-system-x86"), reason);
    assertTrue(Executable.version("no-such-emulator").isEmpty());
  }

  @Test
  void oneThatEndsSaysItsLastWords() throws IOException {
    String reason = reason(script("echo unknown machine >&2; exit 1"));
    assertTrue(reason.contains("does not start"), reason);
    assertTrue(reason.contains("unknown machine"), reason);
  }

  @Test
  void oneThatHangsIsGivenUp() throws IOException {
    assertTrue(reason(script("exec sleep 60")).contains("did not answer"));
  }

  @Test
  void oneThatSpeaksNonsenseIsGivenUp() throws IOException {
    assertTrue(reason(script("echo hello; exec sleep 60")).contains("answered"));
  }

  @Test
  void aVersionIsItsFirstLine() throws IOException {
    assertEquals(
        Optional.of("an emulator 1.0"),
        Executable.version(script("echo an emulator 1.0; echo more")));
  }
}
