package io.vtlb.model.machine;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A paging mode by its name; what it means for a walk is not said here (Intel SDM vol. 3, 4.1.1).
 */
public enum Paging {
  /** CR0.PG=0: linear addresses are physical addresses. */
  NONE("none"),
  /** 32-bit paging. */
  TWO_LEVEL("32-bit"),
  /** PAE paging. */
  PAE("PAE"),
  /** 4-level paging. */
  FOUR_LEVEL("4-level"),
  /** 5-level paging. */
  FIVE_LEVEL("5-level");

  private final String word;

  Paging(String word) {
    this.word = word;
  }

  /** The name in worlds, reports and the target protocol. */
  public String word() {
    return word;
  }

  /** The mode of a name, if there is one. */
  public static Optional<Paging> ofWord(String word) {
    return Stream.of(values()).filter(mode -> mode.word.equals(word)).findFirst();
  }
}
