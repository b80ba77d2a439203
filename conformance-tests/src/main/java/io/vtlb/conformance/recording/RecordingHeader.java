package io.vtlb.conformance.recording;

import io.vtlb.model.machine.Profile;

/**
 * The first line of a recording: what was recorded, on what.
 *
 * @param name the recording's own name
 * @param format its format and version, for example {@code kvm-shadow-paging-trace/1}
 * @param guest the guest that ran
 * @param profile the processor that the guest saw
 * @param emulatedProcessor the hypervisor itself ran on an emulator that executes a
 *     read-modify-write as a load and then a store (QEMU TCG)
 */
public record RecordingHeader(
    String name, String format, String guest, Profile profile, boolean emulatedProcessor) {

  private static final String FAMILY = "kvm-shadow-paging-trace/";

  /** The format that this version reads. */
  public static final String FORMAT = FAMILY + "1";

  static RecordingHeader read(RecordFields fields) throws BadRecording {
    if (fields.has("record") && fields.text("record").equals("world")) {
      throw new BadRecording(
          fields.line(), "is a vtlb trace, not a recording; run \"vtlb replay\" on it");
    }
    String kind = fields.text("e");
    if (!kind.equals("hdr")) {
      throw fields.bad(
          "e",
          "the first record is \"" + kind + "\", not \"hdr\"; keep the first line of a recording");
    }
    String format = fields.text("format");
    if (!format.equals(FORMAT)) {
      throw fields.bad("format", unknown(format));
    }
    return new RecordingHeader(
        fields.text("name"),
        format,
        fields.text("l2_kind"),
        RecordedProcessor.profile(fields.object("l2_features")),
        fields.has("qemu_cmdline") && fields.text("qemu_cmdline").contains("-accel tcg"));
  }

  private static String unknown(String format) {
    return "\""
        + format
        + "\" is "
        + (format.startsWith(FAMILY)
            ? "another version of the format; this vtlb reads version 1: use a newer vtlb"
            : "no format that vtlb knows; it reads " + FORMAT);
  }
}
