package io.vtlb.conformance.smoke;

import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.model.event.Event;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.VmBlueprint;
import tools.jackson.databind.node.ObjectNode;

/** One thing that a target is asked in a sequence. */
sealed interface Call {

  /** A machine comes into being. */
  record Create(VmBlueprint blueprint) implements Call {}

  /** Something happened in the guest. */
  record Handle(Event event) implements Call {}

  /** What does the active structure hold? */
  record Look(Vcpu vcpu, PrivilegeSet set) implements Call {}

  /** The host did something. */
  record Follow(HostOperation operation) implements Call {}

  /** A whole machine is to do something. */
  record Perform(GuestOperation operation) implements Call {}

  /** The message that asks it. */
  default Message message() {
    return switch (this) {
      case Create create -> Message.of(Question.CREATE);
      case Look look -> Message.of(Question.ENTRIES);
      case Handle(Event event) -> {
        ObjectNode fields = SharedForms.object();
        SharedForms.put(fields, event);
        yield Message.event(fields.get("event").asString());
      }
      case Follow(HostOperation operation) -> new Message(Question.FOLLOW, word(operation));
      case Perform(GuestOperation operation) -> new Message(Question.PERFORM, word(operation));
    };
  }

  private static String word(Operation operation) {
    ObjectNode fields = SharedForms.object();
    SharedForms.put(fields, operation);
    return fields.get("op").asString();
  }
}
