package io.vtlb.conformance.expectation;

import io.vtlb.model.monitor.Violation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What two failures of one rule have in common if they look alike: eight hexadecimal digits of what
 * was found, whatever pages, frames, values and numbers were found there.
 */
public final class FailureSignature {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}");
  private static final Pattern NUMBERS = Pattern.compile("-?\\b(?:0x[0-9a-fA-F]+|[0-9]+)\\b");
  private static final int BYTES = 4;

  private FailureSignature() {}

  /** The signature of a failure. */
  public static String of(Violation violation) {
    String words = NUMBERS.matcher(violation.reason()).replaceAll("#").toLowerCase(Locale.ROOT);
    String told = violation.rule().id() + " " + words;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(told.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** True if a text may be one. */
  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }
}
