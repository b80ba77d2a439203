package io.vtlb.conformance.design.roleshared;

import io.vtlb.model.operation.HostOperation.ResizePages;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the host has behind one machine's guest frames, and the log of frames written. */
final class HostMemory {

  private final Set<Slip> slips;
  private HostMap map;
  private long generation;
  private final List<ResizePages> sizes = new ArrayList<>();
  private boolean logging;
  private final Set<Long> written = new HashSet<>();

  HostMemory(HostMap map, Set<Slip> slips) {
    this.map = map;
    this.slips = slips;
  }

  HostMap map() {
    return map;
  }

  /** How often the host changed something; what was looked up before must not be used after. */
  long generation() {
    return generation;
  }

  void change(HostMap changed) {
    map = changed;
    generation++;
  }

  /** From now on the host's pages there have another size; the newest word counts. */
  void resize(ResizePages run) {
    sizes.removeIf(older ->
        older.guestFrame() >= run.guestFrame()
            && older.guestFrame() + older.frames() <= run.guestFrame() + run.frames());
    sizes.addFirst(run);
    generation++;
  }

  /** The host frame behind a guest frame, or {@link HostMap#NO_FRAME}. */
  long behind(long frame) {
    return map.hostFrame(frame);
  }

  boolean readOnly(long frame) {
    return map.readOnly(frame);
  }

  /** True if the guest may store to no frame of a run, or not to all of them. */
  boolean restricts(long frame, long pages) {
    return map.behind(frame, pages).stream().anyMatch(HostRange::readOnly);
  }

  /** True if one entry may map this aligned run of frames; a log needs single frames. */
  boolean mapsWhole(long frame, long pages) {
    return pages == 1
        || (!logging
            && isOneRun(frame, pages)
            && behind(frame) % pages == 0
            && reaches(frame, pages));
  }

  private boolean isOneRun(long frame, long pages) {
    return slips.contains(Slip.READ_ONLY_FRAME_PROTECTS_LARGE_PAGE)
        ? map.backs(frame, pages) && behind(frame + pages - 1) == behind(frame) + pages - 1
        : map.contiguous(frame, pages);
  }

  private boolean reaches(long frame, long pages) {
    for (ResizePages run : sizes) {
      long end = run.guestFrame() + run.frames();
      if (run.guestFrame() < frame + pages && end > frame) {
        return run.pages() >= pages && run.guestFrame() <= frame && end >= frame + pages;
      }
    }
    return true;
  }

  void startLog() {
    logging = true;
    written.clear();
  }

  /** Notes that frames were, or may have been, written. */
  void wrote(long frame, long pages) {
    if (logging) {
      for (long each = frame; each < frame + pages; each++) {
        written.add(each);
      }
    }
  }

  Set<Long> harvest() {
    Set<Long> harvested = Set.copyOf(written);
    written.clear();
    return harvested;
  }
}
