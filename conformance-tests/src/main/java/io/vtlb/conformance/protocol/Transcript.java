package io.vtlb.conformance.protocol;

/** Is shown the lines of a conversation with a target, in order and without their ends. */
public interface Transcript {

  /** Sees nothing. */
  Transcript NONE = new Transcript() {};

  /** A request is put to the target. */
  default void asked(String line) {}

  /** The target gets what it waits for before it answers. */
  default void replied(String line) {}

  /** The target wrote a line, be it nonsense. */
  default void received(String line) {}

  /**
   * True if each request is to be answered before the next is put, so that a line always belongs to
   * the request before it; it takes longer.
   */
  default boolean wantsOneByOne() {
    return false;
  }
}
