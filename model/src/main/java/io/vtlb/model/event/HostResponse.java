package io.vtlb.model.event;

import java.util.List;
import java.util.Set;

/**
 * How a VMM follows what its host does.
 *
 * @param drops what processors have to forget before any virtual CPU goes on, in order
 * @param dirtyFrames for a harvested log, every guest frame written since the last one, numbered in
 *     4 KiB; it may name more; empty for anything else
 */
public record HostResponse(List<ProcessorDrop> drops, Set<Long> dirtyFrames) {

  public HostResponse {
    drops = List.copyOf(drops);
    dirtyFrames = Set.copyOf(dirtyFrames);
  }

  /** Asks processors to forget something. */
  public static HostResponse dropping(List<ProcessorDrop> drops) {
    return new HostResponse(drops, Set.of());
  }
}
