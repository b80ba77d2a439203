package io.vtlb.specs.generate;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.specs.cell.Before;
import io.vtlb.specs.cell.Cell;
import io.vtlb.specs.cell.CellSize;
import io.vtlb.specs.cell.Edit;
import io.vtlb.specs.cell.EventKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Some of the cells: six words like those of {@link Cell#word}, of which each may be {@code *}.
 *
 * @param words the words, in the order of a cell's components
 */
public record GoalPattern(List<String> words) {

  /** The word that every component matches. */
  public static final String ANY = "*";

  private static final List<String> NAMES =
      List.of("event", "cause", "entry before", "privilege set", "edit", "size");

  public GoalPattern {
    words = List.copyOf(words);
  }

  /**
   * A pattern as it is written: words separated by slashes, from the left; those that are left out
   * match everything.
   *
   * @throws IllegalArgumentException if it is none; the message says which word is not known
   */
  public static GoalPattern of(String text) {
    String[] given = text.split("/", -1);
    if (given.length > NAMES.size()) {
      throw new IllegalArgumentException(
          "'%s' has %d words; a goal has at most %d: %s"
              .formatted(text, given.length, NAMES.size(), String.join("/", NAMES)));
    }
    for (int at = 0; at < given.length; at++) {
      List<String> known = known(at);
      if (!given[at].equals(ANY) && !known.contains(given[at])) {
        throw new IllegalArgumentException(
            "'%s' is no %s; there are: %s"
                .formatted(given[at], NAMES.get(at), String.join(" ", known)));
      }
    }
    return new GoalPattern(
        Stream.concat(Arrays.stream(given), Stream.generate(() -> ANY))
            .limit(NAMES.size())
            .toList());
  }

  /** The pattern as it is written, in full. */
  public String word() {
    return String.join("/", words);
  }

  /** The words that a component may have. */
  private static List<String> known(int component) {
    return switch (component) {
      case 0 -> Arrays.stream(EventKind.values()).map(EventKind::word).toList();
      case 1 -> words(EventCause.values());
      case 2 -> Arrays.stream(Before.values()).map(Before::word).toList();
      case 3 -> words(PrivilegeSet.values());
      case 4 -> Arrays.stream(Edit.values()).map(Edit::word).toList();
      default -> Arrays.stream(CellSize.values()).map(CellSize::word).toList();
    };
  }

  private static List<String> words(Enum<?>[] values) {
    return Arrays.stream(values)
        .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }

  /** True if a cell is one of those meant. */
  public boolean matches(Cell cell) {
    String[] has = cell.word().split("/", -1);
    for (int at = 0; at < has.length; at++) {
      if (!words.get(at).equals(ANY) && !words.get(at).equals(has[at])) {
        return false;
      }
    }
    return true;
  }
}
