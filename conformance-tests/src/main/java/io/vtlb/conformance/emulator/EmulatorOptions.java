package io.vtlb.conformance.emulator;

import java.time.Duration;

/**
 * What processor to emulate, and by what.
 *
 * @param executable the emulator's name on the PATH, or its path
 * @param physicalAddressBits MAXPHYADDR, 36 to 52
 * @param patience how long a batch may take before the emulator is given up
 */
public record EmulatorOptions(String executable, int physicalAddressBits, Duration patience) {

  /** The emulator's name. */
  public static final String QEMU = "qemu-system-x86_64";

  private static final int LEAST_BITS = 36;
  private static final int MOST_BITS = 52;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  public EmulatorOptions {
    if (!offers(physicalAddressBits)) {
      throw new IllegalArgumentException("no emulator for MAXPHYADDR " + physicalAddressBits);
    }
  }

  /** An emulator with this MAXPHYADDR and the usual patience. */
  public EmulatorOptions(String executable, int physicalAddressBits) {
    this(executable, physicalAddressBits, PATIENCE);
  }

  /** True if a MAXPHYADDR can be had: all memory must be within reach. */
  public static boolean offers(int physicalAddressBits) {
    return physicalAddressBits >= LEAST_BITS && physicalAddressBits <= MOST_BITS;
  }
}
