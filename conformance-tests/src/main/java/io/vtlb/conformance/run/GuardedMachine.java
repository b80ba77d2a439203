package io.vtlb.conformance.run;

import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import java.util.Objects;

/** A whole machine whose failures are told apart from the kit's own mistakes. */
record GuardedMachine(GuestMachine target, Declarations declarations, StepListener listener)
    implements GuestMachine {

  @Override
  public Description describe() {
    return TargetCall.of(target::describe);
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    listener.creating(blueprint.vm());
    TargetCall.of(
        "the creation of vm" + blueprint.vm(),
        () -> Declarations.of(blueprint),
        () -> {
          target.create(blueprint, memory);
          return true;
        });
  }

  @Override
  public Observation perform(GuestOperation operation) {
    return TargetCall.of(
        operation,
        () -> declarations.of(operation),
        () ->
            Objects.requireNonNull(
                target.perform(operation), () -> "perform returned null for " + operation));
  }
}
