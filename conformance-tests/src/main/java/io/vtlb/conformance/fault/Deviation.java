package io.vtlb.conformance.fault;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;

/**
 * What a fault changes between the kit and a right virtual TLB; by default nothing. One instance
 * serves one sequence.
 */
interface Deviation {

  /** Changes nothing. */
  Deviation NONE = new Deviation() {};

  /** The machine that the right target is told to create. */
  default VmBlueprint blueprint(VmBlueprint blueprint) {
    return blueprint;
  }

  /** The guest memory that the right target sees. */
  default GuestMemory memory(VmBlueprint blueprint, GuestMemory memory) {
    return memory;
  }

  /** How the machine comes to be. */
  default void create(VmBlueprint blueprint, GuestMemory memory, VirtualTlb right) {
    right.create(blueprint, memory);
  }

  /** How a host operation is followed. */
  default HostResponse follow(HostOperation operation, VirtualTlb right) {
    return right.follow(operation);
  }

  /** The answer to an event. */
  default Response handle(Event event, VirtualTlb right) {
    return right.handle(event);
  }

  /** The entries shown. */
  default Collection<ActiveEntry> entries(Vcpu vcpu, PrivilegeSet set, VirtualTlb right) {
    return right.activeEntries(vcpu, set);
  }
}
