package io.vtlb.conformance.smoke;

import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.smoke.Exchange.Answer;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.List;
import java.util.Optional;

/** What a target was asked last in the run of a sequence. */
final class Account implements StepListener {

  private final World world;
  private final boolean isMachine;
  private int operation;
  private Optional<Call> last = Optional.empty();
  private Optional<Exchange> deed = Optional.empty();

  /**
   * @param isMachine true if the target is a whole machine
   */
  Account(World world, boolean isMachine) {
    this.world = world;
    this.isMachine = isMachine;
  }

  /** How many operations had begun. */
  int operation() {
    return operation;
  }

  /** What was asked last; nothing if that is not known. */
  Optional<Call> last() {
    return last;
  }

  /** The last thing that may have changed something, with its answer if it has one. */
  Optional<Exchange> deed() {
    return deed;
  }

  @Override
  public void creating(int vm) {
    Machine machine = world.machines().get(vm);
    asked(
        new Call.Create(new VmBlueprint(vm, machine.vcpus(), machine.hostMap(), world.profile())));
  }

  @Override
  public void looking(Vcpu vcpu, PrivilegeSet set) {
    last = Optional.of(new Call.Look(vcpu, set));
  }

  @Override
  public void operation(Operation begun) {
    operation++;
    if (isMachine && begun instanceof GuestOperation guest) {
      asked(new Call.Perform(guest));
    } else if (begun instanceof HostOperation host) {
      asked(new Call.Follow(host));
    }
  }

  @Override
  public void event(Event event) {
    asked(new Call.Handle(event));
  }

  @Override
  public void lost() {
    last = Optional.empty();
  }

  @Override
  public void following(HostOperation followed) {
    asked(new Call.Follow(followed));
  }

  @Override
  public void response(Response response) {
    answered(new Answer.Responded(response));
  }

  @Override
  public void followed(HostOperation followed, HostResponse response) {
    answered(new Answer.Followed(response));
  }

  @Override
  public void observation(Observation seen) {
    if (isMachine) {
      answered(new Answer.Observed(seen));
    }
  }

  private void asked(Call call) {
    last = Optional.of(call);
    deed = Optional.of(new Exchange(operation, call, new Answer.Done(), List.of()));
  }

  private void answered(Answer answer) {
    deed = deed.map(one -> new Exchange(one.operation(), one.call(), answer, List.of()));
  }
}
