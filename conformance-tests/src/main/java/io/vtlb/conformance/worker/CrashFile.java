package io.vtlb.conformance.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM wrote about its end, which a signal brought about.
 *
 * @param signal its name, for example {@code SIGSEGV}
 * @param place where, for example {@code vtlb_handle+0x19 in libtlb.so+0x1139}; empty if not said
 */
record CrashFile(String signal, String place) {

  private static final Pattern SIGNAL = Pattern.compile("(?m)^#\\s+(SIG[A-Z]+) \\(");
  private static final Pattern FRAME =
      Pattern.compile("(?m)^# Problematic frame:\\R# C\\s+\\[([^\\]]+)\\]\\s*(\\S*)");

  /** What a file says, if there is one that says something. */
  static Optional<CrashFile> read(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return Optional.empty();
    }
    Matcher signal = SIGNAL.matcher(text);
    if (!signal.find()) {
      return Optional.empty();
    }
    Matcher frame = FRAME.matcher(text);
    return Optional.of(new CrashFile(signal.group(1), frame.find() ? place(frame) : ""));
  }

  private static String place(Matcher frame) {
    String library = frame.group(1);
    String function = frame.group(2);
    return function.isEmpty() ? library : function + " in " + library;
  }
}
