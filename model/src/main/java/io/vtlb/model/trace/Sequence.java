package io.vtlb.model.trace;

import io.vtlb.model.operation.GuestOperation;
import java.util.List;

/** A world and the operations performed in it, in order. */
public record Sequence(World world, List<GuestOperation> operations) {

  public Sequence {
    operations = List.copyOf(operations);
  }

  /** The same world with other operations. */
  public Sequence with(List<GuestOperation> others) {
    return new Sequence(world, others);
  }
}
