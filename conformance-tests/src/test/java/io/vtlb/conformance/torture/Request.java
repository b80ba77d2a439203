package io.vtlb.conformance.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request, as far as an example needs it read.
 *
 * @param line the text of it
 */
record Request(String line) {

  private static final Pattern MAPPED =
      Pattern.compile("\"guestFrame\":\"(0x\\w+)\",\"hostFrame\":\"(0x\\w+)\",\"frames\":(\\d+)");

  /** Guest frames with host memory behind them. */
  record Mapped(long guest, long host, long frames) {}

  boolean is(String word) {
    return line.contains("\"request\":\"" + word + "\"");
  }

  boolean isPageFault() {
    return line.contains("\"event\":\"page-fault\"");
  }

  /** A plain number, or a text in hexadecimal. */
  long number(String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"?(\\w+)").matcher(line);
    if (!matcher.find()) {
      throw new IllegalArgumentException(name + " is missing: " + line);
    }
    return Long.parseUnsignedLong(
        matcher.group(1).replace("0x", ""), matcher.group(1).startsWith("0x") ? 16 : 10);
  }

  List<Mapped> hostMap() {
    List<Mapped> ranges = new ArrayList<>();
    Matcher matcher = MAPPED.matcher(line);
    while (matcher.find()) {
      ranges.add(
          new Mapped(
              Long.decode(matcher.group(1)),
              Long.decode(matcher.group(2)),
              Long.parseLong(matcher.group(3))));
    }
    return ranges;
  }
}
