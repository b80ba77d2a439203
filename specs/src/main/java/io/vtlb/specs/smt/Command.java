package io.vtlb.specs.smt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One command of an SMT-LIB 2 text.
 *
 * @param start where it starts in the text, in characters
 * @param end where it ends, exclusive
 * @param head its name, for example {@code define-fun}
 * @param subject the symbol after that, empty if none follows at once
 */
record Command(int start, int end, String head, String subject) {

  private static final Pattern OPENING = Pattern.compile("\\(\\s*([^\\s()]+)\\s*([^\\s()]*)");

  /**
   * The commands of a text, in order.
   *
   * @param file the file's name, for messages
   */
  static List<Command> of(String text, String file) {
    List<Command> commands = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case ';' -> at = endOfLine(text, at);
        case '(' -> {
          if (depth == 0) {
            start = at;
          }
          depth++;
        }
        case ')' -> {
          depth--;
          if (depth < 0) {
            throw new MalformedSpecification(file + ": a ')' closes nothing");
          }
          if (depth == 0) {
            commands.add(command(text, start, at + 1, file));
          }
        }
        default -> {}
      }
    }
    if (depth > 0) {
      throw new MalformedSpecification(file + ": a '(' is not closed");
    }
    return List.copyOf(commands);
  }

  private static int endOfLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static Command command(String text, int start, int end, String file) {
    Matcher opening = OPENING.matcher(text).region(start, end);
    if (!opening.lookingAt()) {
      throw new MalformedSpecification(file + ": a command has no name");
    }
    return new Command(start, end, opening.group(1), opening.group(2));
  }
}
