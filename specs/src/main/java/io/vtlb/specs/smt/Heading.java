package io.vtlb.specs.smt;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The comment lines at the start of a file. */
record Heading(List<String> lines) {

  private static final String COMMENT = ";;";

  static Heading of(String text) {
    return new Heading(
        text.lines()
            .takeWhile(line -> line.startsWith(COMMENT))
            .map(line -> line.substring(COMMENT.length()).strip())
            .toList());
  }

  /** The names after {@code Needs:}. */
  List<String> needs() {
    return find(Pattern.compile("Needs:\\s*(.*)"))
        .map(found -> List.of(found.group(1).strip().split("\\s+")))
        .orElse(List.of());
  }

  /** The lines before those that name claims, sections or other files, as one sentence. */
  String says() {
    return lines.stream()
        .takeWhile(line -> !line.startsWith("Claims:") && !line.startsWith("Needs:"))
        .collect(Collectors.joining(" "));
  }

  Optional<Matcher> find(Pattern pattern) {
    return lines.stream().map(pattern::matcher).filter(Matcher::matches).findFirst();
  }
}
