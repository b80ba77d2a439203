package io.vtlb.conformance.trace;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Disjoint runs of frames, each with the name of the field that it came from. */
final class FrameRuns {

  private final TreeMap<Long, Run> runs = new TreeMap<>();

  private record Run(long first, long frames, String name) {}

  /**
   * Adds a run that overlaps none of those before it.
   *
   * @return nothing, or the name of a run that it overlaps; then it has not been added
   */
  Optional<String> add(long first, long frames, String name) {
    Map.Entry<Long, Run> below = runs.floorEntry(first + frames - 1);
    if (below != null && below.getValue().first + below.getValue().frames > first) {
      return Optional.of(below.getValue().name);
    }
    runs.put(first, new Run(first, frames, name));
    return Optional.empty();
  }

  boolean hold(long frame) {
    Map.Entry<Long, Run> below = runs.floorEntry(frame);
    return below != null && frame < below.getValue().first + below.getValue().frames;
  }
}
