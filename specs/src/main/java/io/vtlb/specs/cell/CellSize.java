package io.vtlb.specs.cell;

/** The size of page that the last entry read by a page's walk stands for. */
public enum CellSize {
  SIZE_4K("4k"),
  SIZE_2M("2m"),
  SIZE_4M("4m"),
  SIZE_1G("1g");

  private final String word;

  CellSize(String word) {
    this.word = word;
  }

  /** The constructor's name in the specification, without {@code size-}. */
  public String word() {
    return word;
  }
}
