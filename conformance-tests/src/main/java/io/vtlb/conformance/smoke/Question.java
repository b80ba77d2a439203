package io.vtlb.conformance.smoke;

import java.util.Locale;
import java.util.Optional;

/** The kinds of requests in the target protocol; calls have the same meaning. */
public enum Question {
  HELLO,
  RESET,
  CREATE,
  STORES,
  ENTRIES,
  EVENT,
  FOLLOW,
  PERFORM,
  BYE;

  /** The name of the request. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Question> ofWord(String word) {
    for (Question question : values()) {
      if (question.word().equals(word)) {
        return Optional.of(question);
      }
    }
    return Optional.empty();
  }
}
