package io.vtlb.conformance.run;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;

/** Is told what happens in a run, in order. */
public interface StepListener {

  /** Hears nothing. */
  StepListener NONE = new StepListener() {};

  /** An operation begins. */
  default void operation(GuestOperation operation) {}

  /** An event reaches the target. */
  default void event(Event event) {}

  /** The target has answered the event. */
  default void response(Response response) {}

  /** The operation has ended and this is what the guest saw. */
  default void observation(Observation observation) {}
}
