package io.vtlb.conformance.emulator;

/** Whether there is an emulator here. */
public sealed interface Opening {

  /** There is; the caller closes it. */
  record Ready(Emulator emulator) implements Opening {}

  /**
   * There is none.
   *
   * @param reason one line: what is missing and how to get it
   */
  record Missing(String reason) implements Opening {}
}
