package io.vtlb.conformance.trace;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Addresses, register values and memory values as traces show them: {@code 0x} and hexadecimal
 * digits.
 */
public final class Hex {

  /** The largest value of 32 bits. */
  static final long MAX_32 = 0xFFFF_FFFFL;

  private static final Pattern FORM = Pattern.compile("0x[0-9a-fA-F]{1,16}");

  private Hex() {}

  /** The value in lower case without leading zeros, read as unsigned. */
  public static String of(long value) {
    return "0x" + Long.toHexString(value);
  }

  /** The 64 bits that a text stands for, or nothing if it has another form. */
  public static OptionalLong parse(String text) {
    return FORM.matcher(text).matches()
        ? OptionalLong.of(Long.parseUnsignedLong(text, 2, text.length(), 16))
        : OptionalLong.empty();
  }
}
