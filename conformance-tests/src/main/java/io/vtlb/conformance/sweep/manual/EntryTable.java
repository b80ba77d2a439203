package io.vtlb.conformance.sweep.manual;

import java.util.Locale;

/**
 * One table of the manual that draws a paging-structure entry, as rows of text: bit positions, then
 * what they are.
 *
 * <p>Source: Intel SDM vol. 3, tables 4-4 to 4-20. A row reads {@code 62:M reserved}; {@code M} is
 * MAXPHYADDR, and a row whose highest position is below its lowest has no bits.
 *
 * @param title the manual's number and name of the table
 * @param rows the rows, from bit 63 (or 31) down to bit 0
 */
record EntryTable(String title, String rows) {

  /** What a field of an entry is. */
  enum Field {
    /** Present. */
    P,
    /** Read/write. */
    RW,
    /** User/supervisor. */
    US,
    /** Accessed. */
    A,
    /** Dirty. */
    D,
    /** Page size; which table applies has been decided by it. */
    PS,
    /** Global. */
    G,
    /** Execute-disable if IA32_EFER.NXE=1, reserved otherwise. */
    XD,
    /** Protection key. */
    KEY,
    /** Physical-address bits, in their places. */
    ADDRESS,
    /** Physical-address bits 32 and up, moved down to here. */
    HIGH,
    /** Must be 0. */
    RESERVED,
    /** Ignored, or about memory types only. */
    IGNORED
  }

  /** The bits that are this field, for a value of {@code M}. */
  long mask(Field field, int m) {
    long mask = 0;
    for (String row : rows.split(",", -1)) {
      String[] parts = row.strip().split(" ", -1);
      if (Field.valueOf(parts[1].toUpperCase(Locale.ROOT)) == field) {
        String[] places = parts[0].split(":", -1);
        int highest = place(places[0], m);
        int lowest = place(places[places.length - 1], m);
        for (int bit = lowest; bit <= highest; bit++) {
          mask |= 1L << bit;
        }
      }
    }
    return mask;
  }

  private static int place(String text, int m) {
    if (!text.startsWith("M")) {
      return Integer.parseInt(text);
    }
    return text.length() == 1 ? m : m + Integer.parseInt(text.substring(1));
  }
}
