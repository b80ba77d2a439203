package io.vtlb.conformance.generate;

import io.vtlb.model.machine.Paging;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Makes the numbered sequences of a run.
 *
 * @param seed the run's seed
 * @param length operations in each sequence
 * @param modes which paging modes the sequences are about
 * @param features what the target declares: what it does not is not generated
 * @param ingredients the shapes that sequences may be made with
 */
public record SequenceGenerator(
    long seed,
    int length,
    SequenceModes modes,
    Set<Feature> features,
    Set<Ingredient> ingredients) {

  private static final Set<Feature> WITHOUT_FOREIGN_STORES =
      Set.of(Feature.SEVERAL_VCPUS, Feature.PCID);
  private static final Set<Feature> WITH_FOREIGN_STORES =
      Set.of(Feature.SEVERAL_VCPUS, Feature.PCID, Feature.FOREIGN_STORES);

  public SequenceGenerator {
    features = Set.copyOf(features);
    ingredients = Set.copyOf(ingredients);
  }

  /** The generator for a target that serves every mode. */
  public SequenceGenerator(
      long seed, int length, ModeChoice modes, Set<Feature> features, Set<Ingredient> ingredients) {
    this(seed, length, SequenceModes.of(modes, EnumSet.allOf(Paging.class)), features, ingredients);
  }

  /**
   * The generator for a target that serves everything that guests do, and perhaps what other agents
   * do.
   */
  public SequenceGenerator(long seed, int length, ModeChoice modes, boolean foreignStores) {
    this(
        seed,
        length,
        modes,
        foreignStores ? WITH_FOREIGN_STORES : WITHOUT_FOREIGN_STORES,
        Ingredient.all());
  }

  /** The generator for what a target declares, with every ingredient. */
  public static SequenceGenerator fitting(
      Description target, long seed, int length, ModeChoice modes) {
    return fitting(target, seed, length, modes, Ingredient.all());
  }

  /** The generator for what a target declares, with some ingredients. */
  public static SequenceGenerator fitting(
      Description target, long seed, int length, ModeChoice modes, Set<Ingredient> ingredients) {
    return new SequenceGenerator(seed, length, modes.of(target), target.features(), ingredients);
  }

  /**
   * The sequence with a number, from 0; it depends on nothing but the components and the number.
   */
  public Sequence sequence(long number) {
    return generated(number).sequence();
  }

  /** The ingredients that a sequence is made with, as far as there is room for them. */
  public Set<Ingredient> drawn(long number) {
    Set<Ingredient> drawn = IngredientDraw.of(seed, number);
    drawn.removeIf(one -> !ingredients.contains(one) || !one.fits(features));
    return drawn;
  }

  /** The sequence with a number, and the ingredients that it has. */
  public GeneratedSequence generated(long number) {
    SplittableRandom choices = Seeds.forSequence(seed, number);
    Set<Ingredient> drawn = drawn(number);
    World world =
        new WorldGenerator(choices, modes, features, drawn.contains(Ingredient.READ_ONLY_MEMORY))
            .world();
    List<GuestProgram> programs = programs(world, choices, drawn);
    Set<Ingredient> had = EnumSet.noneOf(Ingredient.class);
    if (drawn.contains(Ingredient.READ_ONLY_MEMORY)) {
      had.add(Ingredient.READ_ONLY_MEMORY);
    }
    List<Operation> operations = new ArrayList<>(length + 1);
    int running = 0;
    while (operations.size() < length) {
      if (choices.nextInt(6) == 0) {
        running = choices.nextInt(programs.size());
      }
      operations.addAll(programs.get(running).next());
      if (operations.size() <= length) {
        programs.get(running).finished().ifPresent(had::add);
      }
    }
    return new GeneratedSequence(new Sequence(world, operations.subList(0, length)), had);
  }

  private List<GuestProgram> programs(
      World world, SplittableRandom choices, Set<Ingredient> drawn) {
    HostOutlook host = new HostOutlook(world, choices);
    List<GuestProgram> programs = new ArrayList<>(world.machines().size());
    for (int vm = 0; vm < world.machines().size(); vm++) {
      Guest guest = new Guest(choices, vm, world, modes, features, host);
      programs.add(new GuestProgram(guest, new Shapes(guest, drawn)));
    }
    return programs;
  }
}
