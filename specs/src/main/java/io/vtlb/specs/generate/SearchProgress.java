package io.vtlb.specs.generate;

/** Is told how far a search has come. */
public interface SearchProgress {

  /** Hears nothing. */
  SearchProgress NONE = (world, operations, cells) -> {};

  /**
   * Another cell is reached, or another length is begun.
   *
   * @param operations how many operations the sequences have
   * @param cells how many cells are reached so far
   */
  void at(String world, int operations, int cells);
}
