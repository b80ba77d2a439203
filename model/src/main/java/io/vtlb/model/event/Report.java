package io.vtlb.model.event;

/**
 * What a target at observation level 3 says about how it answered an event; it is checked on it.
 *
 * @param cause the cause that it determined
 * @param resync what it did to the active structure
 */
public record Report(EventCause cause, ResyncKind resync) {

  @Override
  public String toString() {
    return "cause %s, resync %s".formatted(cause.word(), resync.word());
  }
}
