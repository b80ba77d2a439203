package io.vtlb.conformance.report;

import static io.vtlb.conformance.report.OperationText.hex;

import io.vtlb.model.event.HostResponse;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the host does, and how a VMM follows it, in a hypervisor engineer's words. */
final class HostText {

  private HostText() {}

  static String of(HostOperation operation) {
    String vm = "vm" + operation.vm();
    return switch (operation) {
      case MapFrames map ->
          "map guest %s of %s to host %s"
              .formatted(
                  frames(map.guestFrame(), map.frames()),
                  vm,
                  frames(map.hostFrame(), map.frames()));
      case UnmapFrames unmap ->
          "unmap guest %s of %s".formatted(frames(unmap.guestFrame(), unmap.frames()), vm);
      case MoveFrames move ->
          "move guest %s of %s to host %s"
              .formatted(
                  frames(move.guestFrame(), move.frames()),
                  vm,
                  frames(move.hostFrame(), move.frames()));
      case ProtectFrames protect ->
          "make guest %s of %s %s"
              .formatted(
                  frames(protect.guestFrame(), protect.frames()),
                  vm,
                  protect.readOnly() ? "read-only" : "writable");
      case ResizePages resize ->
          "back guest %s of %s by pages of %s"
              .formatted(frames(resize.guestFrame(), resize.frames()), vm, size(resize.pages()));
      case StartDirtyLog start -> "start the dirty log of " + vm;
      case HarvestDirtyLog harvest -> "harvest the dirty log of " + vm;
      case CreateMachine create -> "create " + vm;
      case DestroyMachine destroy -> "destroy " + vm;
    };
  }

  /** What the target has done about it; frames only where it names some. */
  static String of(HostResponse response) {
    return "followed"
        + EventText.of(response.drops())
        + (response.dirtyFrames().isEmpty()
            ? ""
            : "; dirty guest frames " + runs(response.dirtyFrames()));
  }

  private static String frames(long first, long frames) {
    return frames == 1
        ? "frame " + hex(first)
        : "frames " + hex(first) + "-" + hex(first + frames - 1);
  }

  /** The size of pages, in the unit that gives a whole number. */
  private static String size(int pages) {
    return pages < PageSize.LARGE_2M
        ? pages * 4 + " KiB"
        : pages < PageSize.LARGE_1G
            ? pages / (PageSize.LARGE_2M / 2) + " MiB"
            : pages / PageSize.LARGE_1G + " GiB";
  }

  /** Frames in ascending order, those that follow on one another as one run. */
  private static String runs(Collection<Long> frames) {
    List<Long> sorted = frames.stream().sorted(Long::compareUnsigned).toList();
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      int first = i;
      while (i + 1 < sorted.size() && sorted.get(i + 1) == sorted.get(i) + 1) {
        i++;
      }
      runs.add(hex(sorted.get(first)) + (first == i ? "" : "-" + hex(sorted.get(i))));
    }
    return String.join(" ", runs);
  }
}
