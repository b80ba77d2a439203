package io.vtlb.conformance.target;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A name that differs from a right one by one slip of the hand. */
final class Typo {

  private Typo() {}

  /** A question that ends a message, if one of the names was probably meant; otherwise nothing. */
  static String question(String written, String prefix, Stream<String> names) {
    return nearest(written, names).map(name -> "; did you mean " + prefix + name + "?").orElse("");
  }

  /**
   * The first name that one character too many, too few or wrong makes of what was written, or two
   * neighbours that changed places; large letters are no difference.
   */
  private static Optional<String> nearest(String written, Stream<String> names) {
    return names.filter(name -> isOneSlip(written.toLowerCase(Locale.ROOT), name)).findFirst();
  }

  private static boolean isOneSlip(String written, String name) {
    int shorter = Math.min(written.length(), name.length());
    int start = 0;
    while (start < shorter && written.charAt(start) == name.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter - start && fromEnd(written, end) == fromEnd(name, end)) {
      end++;
    }
    String wrong = written.substring(start, written.length() - end);
    String right = name.substring(start, name.length() - end);
    boolean swapped =
        right.length() == 2 && new StringBuilder(wrong).reverse().toString().equals(right);
    return swapped || (wrong.length() <= 1 && right.length() <= 1);
  }

  private static char fromEnd(String text, int index) {
    return text.charAt(text.length() - 1 - index);
  }
}
