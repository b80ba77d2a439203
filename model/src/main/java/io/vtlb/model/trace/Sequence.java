package io.vtlb.model.trace;

import io.vtlb.model.operation.Operation;
import java.util.List;

/** A world and the operations performed in it, in order. */
public record Sequence(World world, List<Operation> operations) {

  public Sequence {
    operations = List.copyOf(operations);
  }

  /** The same world with other operations. */
  public Sequence with(List<Operation> others) {
    return new Sequence(world, others);
  }
}
