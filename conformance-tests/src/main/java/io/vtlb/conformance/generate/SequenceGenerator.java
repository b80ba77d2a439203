package io.vtlb.conformance.generate;

import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes the numbered sequences of a run.
 *
 * @param seed the run's seed
 * @param length operations in each sequence
 * @param modes which paging modes the sequences are about
 * @param foreignStores true if the target stays right when other agents store to guest memory
 */
public record SequenceGenerator(long seed, int length, ModeChoice modes, boolean foreignStores) {

  /** The generator for what a target declares. */
  public static SequenceGenerator fitting(
      Description target, long seed, int length, ModeChoice modes) {
    return new SequenceGenerator(seed, length, modes, target.has(Feature.FOREIGN_STORES));
  }

  /**
   * The sequence with a number, from 0; it depends on nothing but the components and the number.
   */
  public Sequence sequence(long number) {
    SplittableRandom choices = Seeds.forSequence(seed, number);
    World world = new WorldGenerator(choices, modes).world();
    List<GuestProgram> programs = new ArrayList<>();
    for (int vm = 0; vm < world.machines().size(); vm++) {
      programs.add(
          new GuestProgram(
              choices,
              vm,
              world.machines().get(vm),
              world.profile(),
              foreignStores,
              world.mode().equals(WorldGenerator.MIXED)));
    }
    List<GuestOperation> operations = new ArrayList<>(length + 1);
    int running = 0;
    while (operations.size() < length) {
      if (choices.nextInt(6) == 0) {
        running = choices.nextInt(programs.size());
      }
      operations.addAll(programs.get(running).next());
    }
    return new Sequence(world, operations.subList(0, length));
  }
}
