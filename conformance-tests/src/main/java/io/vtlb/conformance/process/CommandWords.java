package io.vtlb.conformance.process;

import java.util.ArrayList;
import java.util.List;

/**
 * A command as its words: split at blanks; single or double quotes keep blanks, and a backslash
 * keeps the character after it, but for inside single quotes. Nothing is expanded.
 */
public final class CommandWords {

  private final String command;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private char quote;

  private CommandWords(String command) {
    this.command = command;
  }

  /**
   * The words of a command, at least one.
   *
   * @throws IllegalArgumentException if there is none, or a quote is not closed
   */
  public static List<String> of(String command) {
    return new CommandWords(command).split();
  }

  private List<String> split() {
    for (int at = 0; at < command.length(); at++) {
      char here = command.charAt(at);
      if (here == '\\' && quote != '\'' && at + 1 < command.length()) {
        at++;
        add(command.charAt(at));
      } else if (quote != 0) {
        inQuotes(here);
      } else if (here == '\'' || here == '"') {
        quote = here;
        inWord = true;
      } else if (Character.isWhitespace(here)) {
        end();
      } else {
        add(here);
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("a quote (" + quote + ") is not closed");
    }
    end();
    if (words.isEmpty()) {
      throw new IllegalArgumentException("there is no command");
    }
    return List.copyOf(words);
  }

  private void inQuotes(char here) {
    if (here == quote) {
      quote = 0;
    } else {
      add(here);
    }
  }

  private void add(char here) {
    word.append(here);
    inWord = true;
  }

  private void end() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
