package io.vtlb.conformance.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** The programs that run inside the emulator, as {@code src/native/emulator} assembles to. */
enum Programs {
  /** The last bytes of a boot ROM: from reset to the runner. */
  ROM,
  /** The loop that runs batches of probes. */
  RUNNER,
  /** The instructions of the probes. */
  PAD;

  /** The machine code. */
  byte[] bytes() {
    try (InputStream hex = Objects.requireNonNull(Programs.class.getResourceAsStream(file()))) {
      String text = new String(hex.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(text.replace("\n", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String file() {
    return switch (this) {
      case ROM -> "rom.hex";
      case RUNNER -> "runner.hex";
      case PAD -> "pad.hex";
    };
  }
}
