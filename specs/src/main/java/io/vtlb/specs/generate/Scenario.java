package io.vtlb.specs.generate;

import java.util.List;

/**
 * A shortest event sequence to a goal, with what the specification predicts of each operation.
 *
 * @param world the name of its small world
 * @param goal what it is there for
 * @param start what it starts from
 * @param steps its operations
 */
public record Scenario(String world, Goal goal, Start start, List<Prediction> steps) {

  public Scenario {
    steps = List.copyOf(steps);
  }
}
