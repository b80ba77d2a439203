package io.vtlb.conformance.trace;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.operation.Observation;
import java.util.List;
import java.util.Optional;

/**
 * What happened under one operation, as far as it was recorded.
 *
 * @param happenings the events that reached the target and what its host did to it, with its
 *     answers, in order
 * @param observation what the guest saw in the end; nothing if the run ended before
 */
public record RecordedStep(List<Happening> happenings, Optional<Observation> observation) {

  /** Nothing was recorded. */
  public static final RecordedStep NONE = new RecordedStep(List.of(), Optional.empty());

  public RecordedStep {
    happenings = List.copyOf(happenings);
    for (int i = 0; i < happenings.size(); i++) {
      if (happenings.get(i) instanceof Exchange exchange
          && exchange.response().isEmpty()
          && (i < happenings.size() - 1 || observation.isPresent())) {
        throw new IllegalArgumentException("something follows an event without an answer");
      }
    }
  }

  /** True if nothing was recorded. */
  public boolean isEmpty() {
    return happenings.isEmpty() && observation.isEmpty();
  }

  /** One thing that the target answered. */
  public sealed interface Happening {}

  /**
   * One event and how the target answered it.
   *
   * @param meanwhile how it followed, inside the event, what its host did, in order
   * @param response nothing if the run ended before there was an answer
   */
  public record Exchange(Event event, List<HostResponse> meanwhile, Optional<Response> response)
      implements Happening {

    public Exchange {
      meanwhile = List.copyOf(meanwhile);
    }

    /** An event inside which the host did nothing. */
    public Exchange(Event event, Optional<Response> response) {
      this(event, List.of(), response);
    }

    /** An event that was answered. */
    public static Exchange of(Event event, Response response) {
      return new Exchange(event, Optional.of(response));
    }
  }

  /** How the target followed what its host did outside any event. */
  public record Followed(HostResponse response) implements Happening {}
}
