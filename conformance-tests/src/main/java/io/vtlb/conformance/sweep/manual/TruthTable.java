package io.vtlb.conformance.sweep.manual;

import java.util.List;

/**
 * A truth table written as rows of patterns, each for one sentence of the manual: every situation
 * must fit exactly one row.
 */
final class TruthTable {

  /** One sentence: {@code -} stands for either value of a column; blanks only group columns. */
  record Row(String pattern, boolean verdict) {}

  private final boolean[] verdicts;

  private TruthTable(boolean[] verdicts) {
    this.verdicts = verdicts;
  }

  /**
   * The table that these rows make.
   *
   * @param columns how many columns there are; the first is the most significant bit of a situation
   * @throws IllegalStateException if a situation fits no row, or more than one
   */
  static TruthTable of(int columns, List<Row> rows) {
    boolean[] verdicts = new boolean[1 << columns];
    for (int situation = 0; situation < verdicts.length; situation++) {
      verdicts[situation] = only(situation, columns, rows).verdict();
    }
    return new TruthTable(verdicts);
  }

  boolean at(int situation) {
    return verdicts[situation];
  }

  private static Row only(int situation, int columns, List<Row> rows) {
    List<Row> fitting =
        rows.stream().filter(row -> fits(row.pattern(), situation, columns)).toList();
    if (fitting.size() != 1) {
      throw new IllegalStateException(
          "situation " + Integer.toBinaryString(situation) + " is for the rows " + fitting);
    }
    return fitting.getFirst();
  }

  private static boolean fits(String pattern, int situation, int columns) {
    String cells = pattern.replace(" ", "");
    for (int column = 0; column < columns; column++) {
      int bit = situation >>> (columns - 1 - column) & 1;
      if (cells.charAt(column) != '-' && cells.charAt(column) - '0' != bit) {
        return false;
      }
    }
    return true;
  }
}
