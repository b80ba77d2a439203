package io.vtlb.conformance.worker;

/** Carries why a worker found no such target; the message is for the person who named it. */
public final class UnusableInWorker extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableInWorker(String message) {
    super(message);
  }
}
