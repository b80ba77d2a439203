package io.vtlb.conformance.torture;

import java.util.Locale;

/** When a target misbehaves. */
enum Moment {
  START,
  HELLO,
  CREATE,
  EVENT,
  ENTRIES,
  BYE,
  /** Whatever is asked. */
  EVER;

  boolean is(Request request) {
    return this == EVER || request.is(name().toLowerCase(Locale.ROOT));
  }
}
