package io.vtlb.conformance.emulator.comparison;

import io.vtlb.conformance.emulator.Emulator;
import io.vtlb.conformance.emulator.EmulatorException;
import io.vtlb.conformance.emulator.EmulatorOptions;
import io.vtlb.conformance.emulator.Opening;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The emulators of one run, one for each MAXPHYADDR that is asked for, opened when they are. */
public final class Emulators implements AutoCloseable {

  private static final int USUAL_REACH = 40;

  private final String executable;
  private final Map<Integer, Emulator> open = new TreeMap<>();

  /** The emulators that a program gives; it is tried by {@link #whyMissing}. */
  public Emulators(String executable) {
    this.executable = executable;
  }

  /** Tries to open one: nothing if that goes well, else one line on what is missing. */
  public Optional<String> whyMissing() {
    if (open.containsKey(USUAL_REACH)) {
      return Optional.empty();
    }
    return switch (Emulator.open(new EmulatorOptions(executable, USUAL_REACH))) {
      case Opening.Ready(Emulator emulator) -> {
        open.put(USUAL_REACH, emulator);
        yield Optional.empty();
      }
      case Opening.Missing(String reason) -> Optional.of(reason);
    };
  }

  /**
   * The emulator with this MAXPHYADDR.
   *
   * @throws EmulatorException if it does not start
   */
  public Emulator reaching(int physicalAddressBits) {
    return open.computeIfAbsent(physicalAddressBits, this::opened);
  }

  private Emulator opened(int physicalAddressBits) {
    return switch (Emulator.open(new EmulatorOptions(executable, physicalAddressBits))) {
      case Opening.Ready(Emulator emulator) -> emulator;
      case Opening.Missing(String reason) -> throw new EmulatorException(reason);
    };
  }

  @Override
  public void close() {
    open.values().forEach(Emulator::close);
    open.clear();
  }
}
