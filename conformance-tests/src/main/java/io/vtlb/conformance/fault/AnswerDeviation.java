package io.vtlb.conformance.fault;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.target.VirtualTlb;
import java.util.function.BiFunction;

/**
 * Changes answers after the right target gave them.
 *
 * @param change makes the wrong answer from the event and the right answer
 */
record AnswerDeviation(BiFunction<Event, Response, Response> change) implements Deviation {

  @Override
  public Response handle(Event event, VirtualTlb right) {
    return change.apply(event, right.handle(event));
  }
}
