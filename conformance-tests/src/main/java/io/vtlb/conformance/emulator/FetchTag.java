package io.vtlb.conformance.emulator;

/**
 * Instructions that tell a fetch apart: {@code MOV EAX, tag; UD2; NOP}, eight bytes.
 *
 * <p>A fetch probe completes with the tag of what it ran, so one of these must lie at its target.
 * UD2 ends the probe at any CPL, and ends what the emulator translates ahead.
 */
public final class FetchTag {

  /** How many bytes a fetch probe needs: those up to the end of UD2. */
  public static final int BYTES = 7;

  private FetchTag() {}

  /** The eight bytes that a fetch reports as {@code tag}. */
  public static long word(int tag) {
    return 0x900b_0f00_0000_00b8L | (tag & 0xffff_ffffL) << 8;
  }
}
