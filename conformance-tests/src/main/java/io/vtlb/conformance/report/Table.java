package io.vtlb.conformance.report;

import java.util.ArrayList;
import java.util.List;

/** A plain-text table whose columns are as wide as their widest cell; the last one is ragged. */
final class Table {

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] right;

  /**
   * @param alignment one letter a column: {@code l} left, {@code r} right
   */
  Table(String alignment) {
    right = new boolean[alignment.length()];
    for (int column = 0; column < right.length; column++) {
      right[column] = alignment.charAt(column) == 'r';
    }
  }

  void row(Object... cells) {
    List<String> row = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String padding = " ".repeat(width(column) - cell.length());
        line.append(right[column] ? padding + cell : cell + padding).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
