package io.vtlb.conformance.design.parts;

import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.HostOperation.HarvestDirtyLog;
import io.vtlb.model.operation.HostOperation.ResizePages;
import io.vtlb.model.operation.HostOperation.StartDirtyLog;
import io.vtlb.model.target.HostMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the host has behind one machine's guest frames, and which of them were written. */
public final class HostMemory {

  private HostMap map;
  private long generation;

  /** Runs whose host pages were given a size, the newest first. */
  private final List<ResizePages> sizes = new ArrayList<>();

  private boolean logging;
  private final Set<Long> written = new HashSet<>();

  public HostMemory(HostMap map) {
    this.map = map;
  }

  public HostMap map() {
    return map;
  }

  /** How often the host changed something; what was looked up before must not be used after. */
  public long generation() {
    return generation;
  }

  /**
   * Takes note of what the host does.
   *
   * @return for a harvest, the guest frames written since the log was started or last harvested
   */
  public Set<Long> follow(HostOperation operation) {
    if (operation instanceof StartDirtyLog || operation instanceof HarvestDirtyLog) {
      Set<Long> last = Set.copyOf(written);
      logging = true;
      written.clear();
      return last;
    }
    if (operation instanceof ResizePages run) {
      sizes.addFirst(run);
    }
    map = map.after(operation);
    generation++;
    return Set.of();
  }

  /** True if an access that the guest's tables permit is for a device, not for memory. */
  public boolean isDevice(long frame, boolean store) {
    return map.hostFrame(frame) == HostMap.NO_FRAME || (store && map.readOnly(frame));
  }

  /**
   * True if one entry may map this aligned run of frames: it is one run on the host, too, and no
   * longer than a page there. A log needs single frames.
   *
   * @param behind the map to go by
   */
  public boolean mapsWhole(HostMap behind, long frame, long pages) {
    return pages == 1
        || (!logging
            && behind.contiguous(frame, pages)
            && behind.hostFrame(frame) % pages == 0
            && isInOnePage(frame, pages));
  }

  private boolean isInOnePage(long frame, long pages) {
    for (ResizePages run : sizes) {
      long end = run.guestFrame() + run.frames();
      if (run.guestFrame() < frame + pages && end > frame) {
        return run.pages() >= pages && run.guestFrame() <= frame && end >= frame + pages;
      }
    }
    return true;
  }

  /** True while writes are logged. */
  public boolean logs() {
    return logging;
  }

  /** True if a write right for this frame would let a write pass unlogged. */
  public boolean awaitsWrite(long frame) {
    return logging && !written.contains(frame);
  }

  /** Notes that frames were, or may have been, written. */
  public void wrote(long first, long frames) {
    if (logging) {
      for (long frame = first; frame < first + frames; frame++) {
        written.add(frame);
      }
    }
  }
}
