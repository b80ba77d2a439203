package io.vtlb.conformance.generate;

import io.vtlb.model.machine.PageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The page that operations meet on for a while, as a path through the mode with the most levels, of
 * which each mode uses the lowest.
 */
final class Focus {

  private static final int LENGTH = Terrain.FIVE_LEVEL.depths();

  /** Selects the last index of each level. */
  private static final int LAST = 2;

  private final SplittableRandom choices;
  private final int[] steps = new int[LENGTH];

  Focus(SplittableRandom choices) {
    this.choices = choices;
    move();
  }

  /** Turns to another page; the upper levels seldom change. */
  void move() {
    for (int depth = 0; depth < LENGTH; depth++) {
      boolean upper = depth < LENGTH - 2;
      steps[depth] = upper && choices.nextInt(5) != 0 ? 0 : choices.nextInt(3);
    }
  }

  /** Turns to a page whose successor is in use too, in the same table or the next. */
  void moveBeforeAnother() {
    steps[LENGTH - 1] = choices.nextInt(4) == 0 ? LAST : 0;
  }

  /** The indices of the page in a terrain, root first. */
  List<Integer> path(Terrain terrain) {
    int depths = terrain.depths();
    List<Integer> path = new ArrayList<>(depths);
    for (int depth = 0; depth < depths; depth++) {
      int[] indices = terrain.indices().get(depth);
      path.add(indices[steps[LENGTH - depths + depth] % indices.length]);
    }
    return path;
  }

  /** A byte of the page; without paging, of some frame. */
  long address(Terrain terrain, int offset) {
    return terrain.depths() == 0
        ? PageSize.address(frame(), offset)
        : terrain.linear(path(terrain), offset);
  }

  private int frame() {
    List<Integer> data = Terrain.DATA;
    return choices.nextInt(8) == 0 ? Terrain.DEVICE : data.get(choices.nextInt(data.size()));
  }
}
