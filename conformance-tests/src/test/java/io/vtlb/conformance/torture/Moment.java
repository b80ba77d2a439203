package io.vtlb.conformance.torture;

import java.util.Locale;

/** When a target misbehaves. */
enum Moment {
  START,
  HELLO,
  CREATE,
  EVENT,
  ENTRIES,
  BYE;

  boolean is(Request request) {
    return request.is(name().toLowerCase(Locale.ROOT));
  }
}
