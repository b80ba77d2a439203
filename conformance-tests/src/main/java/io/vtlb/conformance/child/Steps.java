package io.vtlb.conformance.child;

import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.worker.LastQuestion;
import io.vtlb.conformance.worker.ProgressFile;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
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
  public void creating(int vm) {
    progress.question(LastQuestion.create(vm));
    next.creating(vm);
  }

  @Override
  public void looking(Vcpu vcpu, PrivilegeSet set) {
    progress.question(LastQuestion.entries(vcpu, set));
    next.looking(vcpu, set);
  }

  @Override
  public void following(HostOperation operation) {
    progress.question(LastQuestion.OPERATION);
    next.following(operation);
  }

  @Override
  public void operation(Operation operation) {
    progress.operation();
    progress.question(LastQuestion.OPERATION);
    deadlines.step();
    next.operation(operation);
  }

  @Override
  public void event(Event event) {
    progress.question(LastQuestion.EVENT);
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
