package io.vtlb.conformance.starter;

import java.util.regex.Pattern;

/** A text as one word of a shell, or of the command after {@code exec:}. */
public final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[-\\w./:@%+=,]+");

  private ShellWord() {}

  /** The text itself where it is one word already, else in single quotes. */
  public static String of(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
