package io.vtlb.conformance.protocol;

import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.target.ActiveEntry;
import java.util.ArrayList;
import java.util.List;

/** The answer to {@code entries}: the valid entries for one privilege set. */
final class EntriesAnswer {

  private static final String FULL = "rwx";
  private static final int MOST_KEY = 15;

  private EntriesAnswer() {}

  static List<ActiveEntry> read(Fields answer) throws BadTrace {
    answer.only("the answer to entries", "n", "entries");
    List<Fields> elements = answer.objects("entries");
    List<ActiveEntry> entries = new ArrayList<>(elements.size());
    for (Fields fields : elements) {
      entries.add(entry(fields));
    }
    return entries;
  }

  private static ActiveEntry entry(Fields fields) throws BadTrace {
    fields.only("an entry", "page", "pages", "hostFrame", "rights", "key");
    long pages = fields.number("pages");
    if (pages != (int) pages || !PageSize.exists((int) pages)) {
      throw fields.bad("pages", "must be 1, 512, 1024 or 262144, not " + pages);
    }
    int key = fields.has("key") ? fields.number("key", 0, MOST_KEY) : ActiveEntry.NO_KEY;
    return new ActiveEntry(page(fields), (int) pages, fields.hex("hostFrame"), rights(fields), key);
  }

  /** Numbers of linear pages have 52 bits there, and the sign of their address here. */
  private static long page(Fields fields) throws BadTrace {
    long page =
        fields.hex(
            "page", PageSize.PAGE_NUMBER, "is no page number: an address shifted right by 12");
    return PageSize.page(page << PageSize.BASE_SHIFT);
  }

  private static AccessRights rights(Fields fields) throws BadTrace {
    String rights = fields.text("rights");
    boolean known = rights.length() == FULL.length();
    for (int i = 0; known && i < FULL.length(); i++) {
      known = rights.charAt(i) == FULL.charAt(i) || rights.charAt(i) == '-';
    }
    if (!known) {
      throw fields.bad("rights", "must be rwx, with - for what is not granted");
    }
    return new AccessRights(
        rights.charAt(0) == 'r', rights.charAt(1) == 'w', rights.charAt(2) == 'x');
  }
}
