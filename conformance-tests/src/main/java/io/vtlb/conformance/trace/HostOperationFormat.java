package io.vtlb.conformance.trace;

import io.vtlb.model.machine.PageSize;
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
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An operation of the host.
 *
 * <p>That it cannot be done as memory stands is no mistake: then it does nothing.
 */
final class HostOperationFormat {

  /** The field {@code op} of each. */
  static final List<String> OPS = Words.all(Op.class);

  private HostOperationFormat() {}

  /** The field {@code op}. */
  private enum Op {
    MAP_FRAMES,
    UNMAP_FRAMES,
    MOVE_FRAMES,
    PROTECT_FRAMES,
    RESIZE_PAGES,
    START_DIRTY_LOG,
    HARVEST_DIRTY_LOG,
    CREATE_MACHINE,
    DESTROY_MACHINE
  }

  static void put(ObjectNode json, HostOperation operation) {
    switch (operation) {
      case MapFrames(int vm, long guestFrame, long hostFrame, long frames) ->
          start(json, Op.MAP_FRAMES, vm)
              .put("guestFrame", Hex.of(guestFrame))
              .put("hostFrame", Hex.of(hostFrame))
              .put("frames", frames);
      case UnmapFrames(int vm, long guestFrame, long frames) ->
          run(json, Op.UNMAP_FRAMES, vm, guestFrame, frames);
      case MoveFrames(int vm, long guestFrame, long hostFrame, long frames) ->
          start(json, Op.MOVE_FRAMES, vm)
              .put("guestFrame", Hex.of(guestFrame))
              .put("hostFrame", Hex.of(hostFrame))
              .put("frames", frames);
      case ProtectFrames(int vm, long guestFrame, long frames, boolean readOnly) ->
          run(json, Op.PROTECT_FRAMES, vm, guestFrame, frames).put("readOnly", readOnly);
      case ResizePages(int vm, long guestFrame, long frames, int pages) ->
          run(json, Op.RESIZE_PAGES, vm, guestFrame, frames).put("pages", pages);
      case StartDirtyLog(int vm) -> start(json, Op.START_DIRTY_LOG, vm);
      case HarvestDirtyLog(int vm) -> start(json, Op.HARVEST_DIRTY_LOG, vm);
      case CreateMachine(int vm) -> start(json, Op.CREATE_MACHINE, vm);
      case DestroyMachine(int vm) -> start(json, Op.DESTROY_MACHINE, vm);
    }
  }

  /**
   * Reads one.
   *
   * @param shared the fields before {@code vm}
   */
  static HostOperation read(Fields fields, WorldScope world, List<String> shared) throws BadTrace {
    Op op = fields.word("op", Op.class);
    fields.only(Words.of(op), shared, own(op));
    int vm = world.vm(fields);
    return switch (op) {
      case MAP_FRAMES -> {
        int frames = FrameFormat.count(fields);
        long guestFrame = world.guestFrame(fields, frames);
        yield new MapFrames(vm, guestFrame, FrameFormat.hostFrame(fields, frames), frames);
      }
      case UNMAP_FRAMES -> {
        int frames = FrameFormat.count(fields);
        yield new UnmapFrames(vm, world.guestFrame(fields, frames), frames);
      }
      case MOVE_FRAMES -> {
        int frames = FrameFormat.count(fields);
        long guestFrame = world.guestFrame(fields, frames);
        yield new MoveFrames(vm, guestFrame, FrameFormat.hostFrame(fields, frames), frames);
      }
      case PROTECT_FRAMES -> {
        int frames = FrameFormat.count(fields);
        long guestFrame = world.guestFrame(fields, frames);
        yield new ProtectFrames(vm, guestFrame, frames, fields.flag("readOnly"));
      }
      case RESIZE_PAGES -> {
        int frames = FrameFormat.count(fields);
        yield new ResizePages(vm, world.guestFrame(fields, frames), frames, pages(fields));
      }
      case START_DIRTY_LOG -> new StartDirtyLog(vm);
      case HARVEST_DIRTY_LOG -> new HarvestDirtyLog(vm);
      case CREATE_MACHINE -> new CreateMachine(vm);
      case DESTROY_MACHINE -> new DestroyMachine(vm);
    };
  }

  private static String[] own(Op op) {
    return switch (op) {
      case MAP_FRAMES, MOVE_FRAMES -> new String[] {"vm", "guestFrame", "hostFrame", "frames"};
      case UNMAP_FRAMES -> new String[] {"vm", "guestFrame", "frames"};
      case PROTECT_FRAMES -> new String[] {"vm", "guestFrame", "frames", "readOnly"};
      case RESIZE_PAGES -> new String[] {"vm", "guestFrame", "frames", "pages"};
      case START_DIRTY_LOG, HARVEST_DIRTY_LOG, CREATE_MACHINE, DESTROY_MACHINE ->
          new String[] {"vm"};
    };
  }

  /** The size of host pages, in base pages. */
  private static int pages(Fields fields) throws BadTrace {
    long pages = fields.number("pages");
    if (pages != (int) pages || !PageSize.exists((int) pages)) {
      throw fields.bad(
          "pages",
          "must be a page size in base pages, %d, %d, %d or %d, not %d"
              .formatted(1, PageSize.LARGE_2M, PageSize.LARGE_4M, PageSize.LARGE_1G, pages));
    }
    return (int) pages;
  }

  private static ObjectNode start(ObjectNode json, Op op, int vm) {
    return json.put("op", Words.of(op)).put("vm", vm);
  }

  private static ObjectNode run(ObjectNode json, Op op, int vm, long guestFrame, long frames) {
    return start(json, op, vm).put("guestFrame", Hex.of(guestFrame)).put("frames", frames);
  }
}
