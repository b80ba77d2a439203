package io.vtlb.specs.generate;

import io.vtlb.specs.cell.Cell;

/** What a scenario is there for. */
public sealed interface Goal {

  /** Its last operation falls into a cell, for some slot. */
  record Into(Cell cell) implements Goal {}

  /**
   * With a mistake in a definition, its last operation comes to something that can be told from
   * outside.
   *
   * @param twin the mistake's name
   */
  record Against(String twin) implements Goal {}

  /** The goal in words. */
  default String words() {
    return switch (this) {
      case Into(Cell cell) -> "into " + cell.word();
      case Against(String twin) -> "against " + twin;
    };
  }
}
