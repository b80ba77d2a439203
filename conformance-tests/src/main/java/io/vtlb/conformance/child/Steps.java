package io.vtlb.conformance.child;

import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.worker.ProgressFile;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;

/**
 * Notes each step of a sequence, for the deadlines and for whoever finds the worker gone, and
 * passes it on.
 */
record Steps(ProgressFile progress, Deadlines deadlines, StepListener next)
    implements StepListener {

  @Override
  public void operation(Operation operation) {
    progress.operation();
    deadlines.step();
    next.operation(operation);
  }

  @Override
  public void event(Event event) {
    deadlines.step();
    next.event(event);
  }

  @Override
  public void response(Response response) {
    deadlines.step();
    next.response(response);
  }

  @Override
  public void followed(HostOperation operation, HostResponse response) {
    deadlines.step();
    next.followed(operation, response);
  }

  @Override
  public void observation(Observation observation) {
    deadlines.step();
    next.observation(observation);
  }
}
