package io.vtlb.conformance.protocol;

import io.vtlb.conformance.run.TargetFailure;
import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.conformance.trace.SharedForms;

/**
 * One line of a target in answer to a request.
 *
 * @param conversation where it was said
 * @param fields its fields, {@code n} checked
 * @param number the number of the request
 * @param words what the request was, for messages
 * @param rest what follows the number, where the line begins with it; else empty
 */
record Answer(Conversation conversation, Fields fields, long number, String words, String rest) {

  /** The rest of an answer with nothing but its number. */
  static final String ACKNOWLEDGED = "}";

  private static final String ERROR = "error";
  private static final String UNSUPPORTED = "unsupported";

  /** Reads a value from fields that may not have it. */
  @FunctionalInterface
  interface Reading<T> {
    T from(Fields fields) throws BadTrace;
  }

  boolean has(String name) {
    return fields.has(name);
  }

  /**
   * What a reading makes of the answer.
   *
   * @throws UnsupportedOperationException if the target says that it does not serve this
   * @throws TargetFailure if it gives up, or says something that cannot be
   */
  <T> T value(Reading<T> reading) {
    if (fields.has(ERROR)) {
      throw conversation.gaveUp(
          "the target gave up at %s: %s".formatted(words, SharedForms.shown(text(ERROR))));
    }
    if (fields.has(UNSUPPORTED)) {
      throw new UnsupportedOperationException(text(UNSUPPORTED));
    }
    return read(reading);
  }

  /** Like {@link #value}, of what every target serves: one that does not has given up. */
  <T> T required(Reading<T> reading) {
    try {
      return value(reading);
    } catch (UnsupportedOperationException e) {
      throw conversation.gaveUp(
          "the target does not serve %s: %s"
              .formatted(words, SharedForms.shown(text(UNSUPPORTED))));
    }
  }

  private String text(String name) {
    return read(fields -> {
      fields.only("an answer that says no", "n", name);
      return fields.text(name);
    });
  }

  /** An answer with nothing but its number. */
  void acknowledge() {
    value(this::nothing);
  }

  /** The same, of what every target serves. */
  void mustAcknowledge() {
    required(this::nothing);
  }

  private boolean nothing(Fields answer) throws BadTrace {
    answer.only("the answer to " + words, "n");
    return true;
  }

  private <T> T read(Reading<T> reading) {
    try {
      return reading.from(fields);
    } catch (BadTrace e) {
      throw impossible(e);
    }
  }

  TargetFailure impossible(BadTrace problem) {
    return conversation.impossible(words, problem);
  }
}
