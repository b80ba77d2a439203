package io.vtlb.conformance.trace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name and version of the trace format, which the first line of a trace declares. */
final class Schema {

  /** What this version writes, and the one that it reads. */
  static final String NAME = "vtlb-trace/1";

  private static final Pattern FORM = Pattern.compile("vtlb-trace/([1-9][0-9]*)");
  private static final String RECORDING = "kvm-shadow-paging-trace";

  private Schema() {}

  /** Refuses a recording of KVM's shadow MMU, which a newcomer may well take for a trace. */
  static void refuseRecording(Fields first) throws BadTrace {
    if (first.has("format") && first.text("format").startsWith(RECORDING)) {
      throw first.bad(
          "format",
          Json.shown(first.text("format"))
              + " is a recording of KVM's shadow MMU, not a vtlb trace: check-recording reads it");
    }
  }

  /** Refuses any other version. */
  static void check(Fields world) throws BadTrace {
    String name = world.text("schema");
    if (name.equals(NAME)) {
      return;
    }
    Matcher version = FORM.matcher(name);
    throw world.bad(
        "schema",
        version.matches()
            ? name + " is newer than " + NAME + ", which this vtlb reads: use a newer vtlb"
            : Json.shown(name) + " is not a format that this vtlb reads; it reads " + NAME);
  }
}
