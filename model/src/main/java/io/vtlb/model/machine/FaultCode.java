package io.vtlb.model.machine;

/**
 * The error code of a page fault (Intel SDM vol. 3, 4.7).
 *
 * @param bits bit 0 P, 1 W/R, 2 U/S, 3 RSVD, 4 I/D, 5 PK
 */
public record FaultCode(int bits) {

  public static final int PRESENT = 1;
  public static final int WRITE = 1 << 1;
  public static final int USER = 1 << 2;
  public static final int RESERVED = 1 << 3;
  public static final int FETCH = 1 << 4;
  public static final int PROTECTION_KEY = 1 << 5;

  public boolean present() {
    return (bits & PRESENT) != 0;
  }

  public boolean reserved() {
    return (bits & RESERVED) != 0;
  }

  /** The code as the manual draws it, for example {@code P|W|U (0x7)}. */
  @Override
  public String toString() {
    String[] names = {"P", "W", "U", "RSVD", "I", "PK"};
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < names.length; bit++) {
      if ((bits & 1 << bit) != 0) {
        text.append(text.isEmpty() ? "" : "|").append(names[bit]);
      }
    }
    return (text.isEmpty() ? "none" : text) + " (0x" + Integer.toHexString(bits) + ")";
  }
}
