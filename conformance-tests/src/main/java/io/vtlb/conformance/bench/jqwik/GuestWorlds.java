package io.vtlb.conformance.bench.jqwik;

import io.vtlb.model.trace.World;
import java.util.List;

/** The worlds that chains start in, in turn, and what was done in them. */
final class GuestWorlds {

  /** Those of the execution at hand: jqwik makes instances of properties itself. */
  static final ScopedValue<GuestWorlds> STARTS = ScopedValue.newInstance();

  private final List<World> worlds;
  private final int length;
  private int started;
  private long performed;

  /**
   * @param length operations in each chain
   */
  GuestWorlds(List<World> worlds, int length) {
    this.worlds = List.copyOf(worlds);
    this.length = length;
  }

  int length() {
    return length;
  }

  Guest next() {
    return new Guest(worlds.get(started++ % worlds.size()), this);
  }

  void count() {
    performed++;
  }

  long performed() {
    return performed;
  }
}
