package io.vtlb.conformance.run;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;

/** Is told what happens in a run, in order. */
public interface StepListener {

  /** Hears nothing. */
  StepListener NONE = new StepListener() {};

  /** The target is asked to create a machine. */
  default void creating(int vm) {}

  /** The target is asked which entries a privilege set of a virtual CPU has. */
  default void looking(Vcpu vcpu, PrivilegeSet set) {}

  /** An operation begins. */
  default void operation(Operation operation) {}

  /** An event reaches the target. */
  default void event(Event event) {}

  /** The target has answered the event. */
  default void response(Response response) {}

  /** The target is asked something else than its entries, and took what it was with it. */
  default void lost() {}

  /** The target is asked to follow what its host did. */
  default void following(HostOperation operation) {}

  /** The target has followed what its host did, by itself or inside the event that began last. */
  default void followed(HostOperation operation, HostResponse response) {}

  /** The operation has ended and this is what the guest saw. */
  default void observation(Observation observation) {}
}
