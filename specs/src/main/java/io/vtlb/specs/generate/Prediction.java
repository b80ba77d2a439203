package io.vtlb.specs.generate;

import io.vtlb.model.event.EventCause;
import java.util.List;
import java.util.Optional;

/**
 * What the specification says of one operation of a scenario.
 *
 * @param operation what the guest does
 * @param cause the cause of the event that it is; empty if it is none
 * @param seen what the guest sees
 * @param active the page's active entry after it in the sets of supervisors, of users, and of
 *     supervisors with AC: {@code -} where there is none, else host frame and rights
 */
public record Prediction(
    SmallOperation operation, Optional<EventCause> cause, Seen seen, List<String> active) {

  /** What stands for no active entry. */
  public static final String ABSENT = "-";

  public Prediction {
    active = List.copyOf(active);
  }

  /** An active entry in words. */
  public static String active(
      long hostFrame, boolean read, boolean write, boolean execute, boolean keyed) {
    return "0x%x %s%s%s%s"
        .formatted(
            hostFrame, read ? "r" : "-", write ? "w" : "-", execute ? "x" : "-", keyed ? " k" : "");
  }
}
