package io.vtlb.conformance.smoke;

/**
 * One line between kit and target, or one call or its result.
 *
 * @param byTarget true if the target said it
 * @param text what, on one line of printable text, shortened where it is very long
 */
public record Said(boolean byTarget, String text) {

  private static final int LONGEST = 2000;

  static Said toTarget(String text) {
    return new Said(false, printable(text));
  }

  static Said byTarget(String text) {
    return new Said(true, printable(text));
  }

  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(point -> {
          if (Character.isISOControl(point)) {
            shown.append("\\u%04x".formatted(point));
          } else {
            shown.appendCodePoint(point);
          }
        });
    if (text.length() > LONGEST) {
      shown.append("… (").append(text.length()).append(" characters)");
    }
    return shown.toString();
  }
}
