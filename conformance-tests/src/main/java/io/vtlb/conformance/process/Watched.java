package io.vtlb.conformance.process;

/** Something that the {@link Watchdog} looks at again and again. */
interface Watched {

  /**
   * Looks whether a limit is passed, and acts if so.
   *
   * @param now {@link System#nanoTime}
   * @param round which look this is, from 0, for what need not be looked at each time
   */
  void look(long now, long round);

  /** This process was stopped for so long: a time that nobody can be blamed for. */
  void stoodStill(long nanos);
}
