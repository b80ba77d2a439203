package io.vtlb.conformance.trace;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.operation.Observation;
import java.util.List;
import java.util.Optional;

/**
 * What happened under one operation, as far as it was recorded.
 *
 * @param exchanges the events that reached the target, with its answers, in order
 * @param observation what the guest saw in the end; nothing if the run ended before
 */
public record RecordedStep(List<Exchange> exchanges, Optional<Observation> observation) {

  /** Nothing was recorded. */
  public static final RecordedStep NONE = new RecordedStep(List.of(), Optional.empty());

  public RecordedStep {
    exchanges = List.copyOf(exchanges);
    for (int i = 0; i < exchanges.size(); i++) {
      if (exchanges.get(i).response().isEmpty()
          && (i < exchanges.size() - 1 || observation.isPresent())) {
        throw new IllegalArgumentException("something follows an event without an answer");
      }
    }
  }

  /** True if nothing was recorded. */
  public boolean isEmpty() {
    return exchanges.isEmpty() && observation.isEmpty();
  }

  /**
   * One event and how the target answered it.
   *
   * @param response nothing if the run ended before there was an answer
   */
  public record Exchange(Event event, Optional<Response> response) {

    /** An event that was answered. */
    public static Exchange of(Event event, Response response) {
      return new Exchange(event, Optional.of(response));
    }
  }
}
