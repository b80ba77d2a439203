package io.vtlb.conformance.emulator;

/**
 * Where guest-physical memory is free for probes, and where the runner keeps what it needs.
 *
 * <p>Free: from 0 to 640 KiB, from 1 MiB to {@link #RUNNER}, and from 4 GiB to {@link #END}. Then
 * there are the holes of a PC, and devices below 4 GiB; nothing answers above {@link #END}.
 */
public final class MemoryLayout {

  /** How much memory there is, in bytes; only pages that are touched cost anything. */
  static final long BYTES = 16L << 30;

  /** Where memory below 4 GiB ends. */
  static final long HOLE = 3L << 30;

  private static final long ABOVE_HOLE = 4L << 30;

  /** The first byte above all memory: 17 GiB. */
  public static final long END = BYTES + ABOVE_HOLE - HOLE;

  /** Where the runner's memory begins; it has 16 MiB, and nothing from there to 4 GiB is free. */
  public static final long RUNNER = 0x7000_0000L;

  /** The records of a batch, up to {@link #BATCH_END}. */
  static final long BATCH = RUNNER + 0x20_0000;

  static final long BATCH_END = RUNNER + 0x100_0000;

  /** How many probes a batch has. */
  static final long COUNT = RUNNER + 0x2008;

  private static final long LOW_END = 0xA_0000;
  private static final long HIGH = 0x10_0000;

  private MemoryLayout() {}

  /** True if a probe may place a word at a guest-physical address. */
  public static boolean isFree(long physical) {
    return (physical >= 0 && physical < LOW_END)
        || (physical >= HIGH && physical < RUNNER)
        || (physical >= ABOVE_HOLE && physical < END);
  }

  /** Where an address is in the file that holds the memory; -1 if no memory is there. */
  static long offset(long physical) {
    if (physical >= 0 && physical < HOLE) {
      return physical;
    }
    return physical >= ABOVE_HOLE && physical < END ? physical - ABOVE_HOLE + HOLE : -1;
  }
}
