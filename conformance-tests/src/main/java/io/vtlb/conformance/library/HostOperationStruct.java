package io.vtlb.conformance.library;

import static io.vtlb.conformance.library.Layouts.HOST_OPERATION;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

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
import java.lang.foreign.MemorySegment;

/** What the host does, as a library sees it. */
final class HostOperationStruct {

  static final int MAP_FRAMES = 1;
  static final int UNMAP_FRAMES = 2;
  static final int MOVE_FRAMES = 3;
  static final int PROTECT_FRAMES = 4;
  static final int RESIZE_PAGES = 5;
  static final int START_DIRTY_LOG = 6;
  static final int HARVEST_DIRTY_LOG = 7;
  static final int DESTROY_MACHINE = 8;

  private static final long KIND = Layouts.offset(HOST_OPERATION, "kind");
  private static final long VM = Layouts.offset(HOST_OPERATION, "vm");
  private static final long GUEST_FRAME = Layouts.offset(HOST_OPERATION, "guest_frame");
  private static final long HOST_FRAME = Layouts.offset(HOST_OPERATION, "host_frame");
  private static final long FRAMES = Layouts.offset(HOST_OPERATION, "frames");
  private static final long PAGES = Layouts.offset(HOST_OPERATION, "pages");
  private static final long READ_ONLY = Layouts.offset(HOST_OPERATION, "read_only");

  private HostOperationStruct() {}

  /** Writes an operation; fields that it does not have are 0. */
  static void write(HostOperation operation, MemorySegment at) {
    at.fill((byte) 0);
    at.set(JAVA_INT, KIND, kind(operation));
    at.set(JAVA_INT, VM, operation.vm());
    switch (operation) {
      case MapFrames(int vm, long guestFrame, long hostFrame, long frames) -> {
        guest(at, guestFrame, frames);
        at.set(JAVA_LONG, HOST_FRAME, hostFrame);
      }
      case UnmapFrames(int vm, long guestFrame, long frames) -> guest(at, guestFrame, frames);
      case MoveFrames(int vm, long guestFrame, long hostFrame, long frames) -> {
        guest(at, guestFrame, frames);
        at.set(JAVA_LONG, HOST_FRAME, hostFrame);
      }
      case ProtectFrames(int vm, long guestFrame, long frames, boolean readOnly) -> {
        guest(at, guestFrame, frames);
        at.set(JAVA_LONG, READ_ONLY, readOnly ? 1 : 0);
      }
      case ResizePages(int vm, long guestFrame, long frames, int pages) -> {
        guest(at, guestFrame, frames);
        at.set(JAVA_LONG, PAGES, pages);
      }
      case StartDirtyLog start -> {}
      case HarvestDirtyLog harvest -> {}
      case DestroyMachine destroy -> {}
      case CreateMachine create -> {}
    }
  }

  private static int kind(HostOperation operation) {
    return switch (operation) {
      case MapFrames map -> MAP_FRAMES;
      case UnmapFrames unmap -> UNMAP_FRAMES;
      case MoveFrames move -> MOVE_FRAMES;
      case ProtectFrames protect -> PROTECT_FRAMES;
      case ResizePages resize -> RESIZE_PAGES;
      case StartDirtyLog start -> START_DIRTY_LOG;
      case HarvestDirtyLog harvest -> HARVEST_DIRTY_LOG;
      case DestroyMachine destroy -> DESTROY_MACHINE;
      case CreateMachine create ->
          throw new IllegalArgumentException("a machine is created by vtlb_create");
    };
  }

  private static void guest(MemorySegment at, long guestFrame, long frames) {
    at.set(JAVA_LONG, GUEST_FRAME, guestFrame);
    at.set(JAVA_LONG, FRAMES, frames);
  }
}
