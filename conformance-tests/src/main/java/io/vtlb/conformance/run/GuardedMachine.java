package io.vtlb.conformance.run;

import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;

/** A whole machine whose exceptions are told apart from the kit's own mistakes. */
record GuardedMachine(GuestMachine target) implements GuestMachine {

  @Override
  public Description describe() {
    return target.describe();
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    try {
      target.create(blueprint, memory);
    } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError e) {
      throw new TargetFailure(e);
    }
  }

  @Override
  public Observation perform(GuestOperation operation) {
    try {
      Observation seen = target.perform(operation);
      if (seen == null) {
        throw new IllegalStateException("perform returned null for " + operation);
      }
      return seen;
    } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError e) {
      throw new TargetFailure(e);
    }
  }
}
