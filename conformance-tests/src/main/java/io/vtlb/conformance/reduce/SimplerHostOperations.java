package io.vtlb.conformance.reduce;

import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.HostOperation.CreateMachine;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.operation.HostOperation.HarvestDirtyLog;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.ResizePages;
import io.vtlb.model.operation.HostOperation.StartDirtyLog;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import java.util.stream.Stream;

/** Host operations that are simpler: fewer frames, lower host frames, base pages. */
final class SimplerHostOperations {

  private SimplerHostOperations() {}

  /** Part of a run of frames, counted from its first one. */
  private record Part(long from, long frames) {}

  static Stream<HostOperation> of(HostOperation operation) {
    return switch (operation) {
      case MapFrames map -> simpler(map);
      case UnmapFrames unmap ->
          parts(unmap.frames())
              .map(
                  part -> new UnmapFrames(unmap.vm(), unmap.guestFrame() + part.from, part.frames));
      case MoveFrames move -> simpler(move);
      case ProtectFrames protect ->
          parts(protect.frames())
              .map(part ->
                  new ProtectFrames(
                      protect.vm(),
                      protect.guestFrame() + part.from,
                      part.frames,
                      protect.readOnly()));
      case ResizePages resize -> simpler(resize);
      case StartDirtyLog start -> Stream.empty();
      case HarvestDirtyLog harvest -> Stream.empty();
      case CreateMachine create -> Stream.empty();
      case DestroyMachine destroy -> Stream.empty();
    };
  }

  private static Stream<HostOperation> simpler(MapFrames map) {
    return Stream.concat(
        parts(map.frames())
            .map(part ->
                new MapFrames(
                    map.vm(),
                    map.guestFrame() + part.from,
                    map.hostFrame() + part.from,
                    part.frames)),
        lower(map.hostFrame(), map.frames())
            .map(host -> new MapFrames(map.vm(), map.guestFrame(), host, map.frames())));
  }

  /** Taking memory away is simpler than moving it: no host frame has to be free for it. */
  private static Stream<HostOperation> simpler(MoveFrames move) {
    return Stream.of(
            Stream.of(new UnmapFrames(move.vm(), move.guestFrame(), move.frames())),
            parts(move.frames())
                .map(part ->
                    new MoveFrames(
                        move.vm(),
                        move.guestFrame() + part.from,
                        move.hostFrame() + part.from,
                        part.frames)),
            lower(move.hostFrame(), move.frames())
                .map(host -> new MoveFrames(move.vm(), move.guestFrame(), host, move.frames())))
        .flatMap(candidates -> candidates);
  }

  private static Stream<HostOperation> simpler(ResizePages resize) {
    Stream<HostOperation> split =
        resize.pages() == 1
            ? Stream.empty()
            : Stream.of(new ResizePages(resize.vm(), resize.guestFrame(), resize.frames(), 1));
    return Stream.concat(
        split,
        parts(resize.frames())
            .map(part ->
                new ResizePages(
                    resize.vm(), resize.guestFrame() + part.from, part.frames, resize.pages())));
  }

  /** The first frame, the last one, either half, and all but one. */
  private static Stream<Part> parts(long frames) {
    return Stream.of(
            new Part(0, 1),
            new Part(frames - 1, 1),
            new Part(0, frames / 2),
            new Part(frames - frames / 2, frames / 2),
            new Part(0, frames - 1),
            new Part(1, frames - 1))
        .filter(part -> part.frames > 0 && part.frames < frames)
        .distinct();
  }

  /** Host frame 0, the next run of as many frames, and the host frame with one bit less. */
  private static Stream<Long> lower(long hostFrame, long frames) {
    return Stream.concat(Stream.of(0L, frames), SimplerValues.withoutBits(hostFrame))
        .filter(lower -> lower < hostFrame)
        .distinct();
  }
}
