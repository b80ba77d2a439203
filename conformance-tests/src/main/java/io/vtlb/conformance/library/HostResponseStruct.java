package io.vtlb.conformance.library;

import static io.vtlb.conformance.library.Layouts.HOST_RESPONSE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A library's answer to what its host did, with room for the frames of a dirty log. */
final class HostResponseStruct {

  private static final long DROP_COUNT = Layouts.offset(HOST_RESPONSE, "drop_count");
  private static final long DROPS = Layouts.offset(HOST_RESPONSE, "drops");
  private static final long DIRTY_COUNT = Layouts.offset(HOST_RESPONSE, "dirty_count");
  private static final long DIRTY_ROOM = Layouts.offset(HOST_RESPONSE, "dirty_room");
  private static final long DIRTY_FRAMES = Layouts.offset(HOST_RESPONSE, "dirty_frames");

  private final MemorySegment response;
  private final MemorySegment frames;

  HostResponseStruct(Arena arena) {
    response = arena.allocate(HOST_RESPONSE);
    frames = arena.allocate(JAVA_LONG, MachineWindow.FRAMES);
  }

  long address() {
    return response.address();
  }

  /** Prepares it for a call. */
  void clear() {
    response.fill((byte) 0);
    response.set(JAVA_LONG, DIRTY_ROOM, MachineWindow.FRAMES);
    response.set(JAVA_LONG, DIRTY_FRAMES, frames.address());
  }

  HostResponse read() {
    List<ProcessorDrop> drops =
        DropsStruct.read(response, DROPS, response.get(JAVA_LONG, DROP_COUNT), Functions.FOLLOW);
    return new HostResponse(drops, dirtyFrames(response.get(JAVA_LONG, DIRTY_COUNT)));
  }

  private Set<Long> dirtyFrames(long count) {
    if (count == 0) {
      return Set.of();
    }
    if (count < 0 || count > MachineWindow.FRAMES) {
      throw Result.impossible(
          "the response of %s has %s dirty frames; there is room for %d"
              .formatted(Functions.FOLLOW, Long.toUnsignedString(count), MachineWindow.FRAMES));
    }
    Set<Long> dirty = new HashSet<>();
    for (long i = 0; i < count; i++) {
      dirty.add(frames.getAtIndex(JAVA_LONG, i));
    }
    return dirty;
  }
}
