package io.vtlb.conformance.recording;

/** Records written by hand, for what no guest recorded does; the processor is the recorded one. */
final class HandWritten {

  /** PAE paging with WP and NXE. */
  static final String PAE_MODE = mode("0x20", "0x800", 3);

  /** 4-level paging with WP and NXE. */
  static final String FOUR_LEVEL_MODE = mode("0x20", "0xd00", 4);

  /** 5-level paging with WP and NXE. */
  static final String FIVE_LEVEL_MODE = mode("0x1020", "0xd00", 5);

  /** A page-fault event begins. */
  static final String PAGE_FAULT = "{\"e\":\"pf\",\"addr\":\"0x0\",\"err\":\"0x0\"}";

  private HandWritten() {}

  private static String mode(String cr4, String efer, int levels) {
    return "{\"e\":\"mode\",\"cr0\":\"0x80010011\",\"cr4\":\"%s\",\"efer\":\"%s\",\"levels\":%s,"
            .formatted(cr4, efer, levels)
        + "\"wp\":1,\"nx\":1,\"pse\":0,\"smap\":0,\"smep\":0}";
  }

  /** The header of the recordings: AMD, MAXPHYADDR 40. */
  static String header() {
    return TrimmedRecording.LINUX_PAE.lines().getFirst();
  }

  /**
   * A supervisor's walk with CR3 0x1000.
   *
   * @param access the error code's bits that describe the access
   * @param end the fields from {@code ok} on
   */
  static String walk(String address, String access, String entries, String end) {
    return "{\"e\":\"walk\",\"addr\":\"%s\",\"pferr\":\"%s\",\"cr3\":\"0x1000\",\"cpl\":0,\"el\":[%s],%s}"
        .formatted(address, access, entries, end);
  }

  /** A leaf of the active structure. */
  static String leaf(int level, String frame, String entry) {
    return "{\"e\":\"spte_set\",\"lv\":%s,\"gfn\":\"%s\",\"spte\":\"%s\",\"at\":\"0x9000\"}"
        .formatted(level, frame, entry);
  }

  /**
   * What a bare-metal guest in PAE paging saw of a supervisor's access with CR3 0x300000.
   *
   * @param end the fields from {@code vec} on
   */
  static String paeProbe(String access, String address, int flush, String entries, String end) {
    return ("{\"e\":\"probe\",\"n\":0,\"acc\":\"%s\",\"cpl\":0,\"ac\":0,\"va\":\"%s\",\"cr0\":\"0x80010011\","
            + "\"cr4\":\"0x20\",\"efer\":\"0x800\",\"cr3\":\"0x300000\",\"flush\":%s,\"pt\":[%s],%s}")
        .formatted(access, address, flush, entries, end);
  }
}
