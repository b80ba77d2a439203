package io.vtlb.conformance.trace;

import tools.jackson.databind.node.ObjectNode;

/** The field {@code bytes} of what accesses memory, four where it is missing, and such values. */
final class WidthFormat {

  /** What most accesses have, and traces leave out. */
  static final int USUAL = 4;

  private static final int WIDE = 8;

  private WidthFormat() {}

  static void put(ObjectNode json, int bytes) {
    if (bytes != USUAL) {
      json.put("bytes", bytes);
    }
  }

  static int read(Fields fields) throws BadTrace {
    if (!fields.has("bytes")) {
      return USUAL;
    }
    long bytes = fields.number("bytes");
    if (bytes != USUAL && bytes != WIDE) {
      throw fields.bad("bytes", "must be 4 or 8, not " + bytes);
    }
    return (int) bytes;
  }

  /** A value of that many bytes. */
  static long value(Fields fields, String name, int bytes) throws BadTrace {
    return bytes == USUAL ? fields.word(name) : fields.hex(name);
  }
}
