package io.vtlb.model.guest;

import io.vtlb.model.machine.PageSize;

/**
 * Entries written as the manual draws them: a frame and the letters of its flags.
 *
 * <p>Source: Intel SDM vol. 3, tables 4-4 to 4-6, and 4-8 to 4-20 for those of eight bytes.
 */
public final class GuestEntry {

  private static final String LETTERS = "PWU..ADLG";

  private GuestEntry() {}

  /**
   * An entry that names a frame.
   *
   * @param frame the frame of a table or page, numbered in 4 KiB
   * @param flags any of P, W (R/W), U (U/S), A, D, L (PS) and G
   */
  public static int of(long frame, String flags) {
    return (int) PageSize.address(frame, flags(flags));
  }

  /**
   * An entry of eight bytes.
   *
   * @param frame the frame of a table or page, numbered in 4 KiB
   * @param flags the same letters, and X for XD (bit 63)
   */
  public static long wide(long frame, String flags) {
    boolean disables = flags.indexOf('X') >= 0;
    return PageSize.address(frame, flags(flags.replace("X", ""))) | (disables ? 1L << 63 : 0);
  }

  /** The bits of these flags. */
  public static int flags(String flags) {
    int bits = 0;
    for (int i = 0; i < flags.length(); i++) {
      int bit = LETTERS.indexOf(flags.charAt(i));
      if (bit < 0) {
        throw new IllegalArgumentException("no such flag in " + flags);
      }
      bits |= 1 << bit;
    }
    return bits;
  }
}
