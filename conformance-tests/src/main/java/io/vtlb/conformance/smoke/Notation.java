package io.vtlb.conformance.smoke;

import java.util.List;

/**
 * How what is said is written for the kind of target: as lines of JSON, or as calls in C or Java.
 */
interface Notation {

  /** What a message is called there. */
  String name(Message message);

  /** What any answer looks like. */
  String form(Question question);

  /** Where that is written down. */
  String place(Question question);

  /** A call on one line. */
  String asked(Call call);

  /**
   * An answer to something that is no call in a sequence, or nothing where there is none to show.
   *
   * @param number the request's, where requests have numbers
   */
  List<String> answered(Question question, long number);

  /**
   * An answer, one line or several.
   *
   * @param number the request's, where requests have numbers
   */
  List<String> answered(Exchange exchange, long number);

  /** A call with its answer, on one line. */
  default String shown(Exchange exchange) {
    return asked(exchange.call()) + " -> " + String.join("; ", answered(exchange, 0));
  }
}
