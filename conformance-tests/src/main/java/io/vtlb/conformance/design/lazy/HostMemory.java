package io.vtlb.conformance.design.lazy;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the host has behind one machine's frames now, and which of them were written. */
final class HostMemory {

  /** The sizes that an active entry may have, in base pages, largest first. */
  private static final int[] SIZES = {PageSize.LARGE_1G, PageSize.LARGE_2M, 1};

  private HostMap map;

  /** Runs whose host pages have a size of their own, in order. */
  private final List<HostOperation.ResizePages> resized = new ArrayList<>();

  private boolean logging;
  private final Set<Long> written = new HashSet<>();

  private final Set<Slip> slips;

  HostMemory(HostMap map, Set<Slip> slips) {
    this.map = map;
    this.slips = slips;
  }

  HostMap map() {
    return map;
  }

  /** Takes note of what the host has done. */
  void follow(HostOperation operation) {
    switch (operation) {
      case HostOperation.MapFrames(int vm, long guest, long host, long frames) ->
          map = map.with(new HostRange(guest, host, frames));
      case HostOperation.UnmapFrames(int vm, long guest, long frames) ->
          map = slips.contains(Slip.FRAME_WITHOUT_MEMORY_FILLED) ? map : map.without(guest, frames);
      case HostOperation.MoveFrames(int vm, long guest, long host, long frames) -> {
        for (HostRange part : map.behind(guest, frames)) {
          long moved = host + (part.guestFrame() - guest);
          map = map.with(new HostRange(part.guestFrame(), moved, part.frames(), part.readOnly()));
        }
      }
      case HostOperation.ProtectFrames(int vm, long guest, long frames, boolean readOnly) ->
          map = map.protecting(guest, frames, readOnly);
      case HostOperation.ResizePages resize -> resized.add(resize);
      case HostOperation.StartDirtyLog start -> {
        logging = true;
        written.clear();
      }
      case HostOperation.HarvestDirtyLog harvest -> written.clear();
      case HostOperation.CreateMachine create -> {}
      case HostOperation.DestroyMachine destroy -> {}
    }
  }

  /** The guest frames written since the log was started or last harvested. */
  Set<Long> written() {
    return Set.copyOf(written);
  }

  void noteWrite(long guestFrame) {
    if (logging) {
      written.add(guestFrame);
    }
  }

  /** True if a write right for this guest frame would let a write pass unlogged. */
  boolean awaitsWrite(long guestFrame) {
    return logging && !written.contains(guestFrame);
  }

  /**
   * How many base pages one active entry may map, around a page of a guest page: no more than the
   * guest's, than one host page, or, while writes are logged, than one frame.
   *
   * @param guestPages the size of the guest's page, in base pages
   */
  int entryPages(HostMap behind, int guestPages, long page, long guestFrame) {
    for (int pages : SIZES) {
      long first = guestFrame & -pages;
      long host = behind.hostFrame(first);
      if (pages <= guestPages
          && (page & (pages - 1)) == (guestFrame & (pages - 1))
          && (host & (pages - 1)) == 0
          && behind.contiguous(first, pages)
          && (pages == 1 || (!logging && !isSplit(first, pages)))) {
        return pages;
      }
    }
    return 1;
  }

  /** True if some frame of a run lies in a host page that is smaller than the run. */
  private boolean isSplit(long first, int pages) {
    return resized.stream()
        .anyMatch(run ->
            run.pages() < pages
                && run.guestFrame() < first + pages
                && first < run.guestFrame() + run.frames());
  }
}
