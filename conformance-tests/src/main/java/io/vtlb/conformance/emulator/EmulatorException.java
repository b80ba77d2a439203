package io.vtlb.conformance.emulator;

import java.io.Serial;

/** The emulator died, hung or spoke nonsense; it is closed, and its last words are the message. */
public final class EmulatorException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public EmulatorException(String message) {
    super(message);
  }
}
