package io.vtlb.specs.generate;

import io.vtlb.specs.cell.Cell;
import java.util.Set;

/** Pairs of components of cells, as files name them; no solver is needed to read them. */
final class Pairs {

  private Pairs() {}

  /** How a file names the pair of two components of a cell. */
  static String word(Cell cell, int one, int other) {
    return word(cell.word().split("/", -1), one, other);
  }

  private static String word(String[] words, int one, int other) {
    return one + ":" + words[one] + " " + other + ":" + words[other];
  }

  /** True if every two components of a cell go together. */
  static boolean allow(Set<String> possible, Cell cell) {
    String[] words = cell.word().split("/", -1);
    for (int one = 0; one < words.length; one++) {
      for (int other = one + 1; other < words.length; other++) {
        if (!possible.contains(word(words, one, other))) {
          return false;
        }
      }
    }
    return true;
  }
}
