package io.vtlb.model.target;

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
import java.util.Comparator;
import java.util.List;

/**
 * Which host frame stands behind each guest frame of one virtual machine; a guest frame in no range
 * has no memory behind it and belongs to a device.
 *
 * @param ranges disjoint runs of frames
 */
public record HostMap(List<HostRange> ranges) {

  /** What {@link #hostFrame} and {@link #guestFrame} answer where nothing is mapped. */
  public static final long NO_FRAME = -1;

  public HostMap {
    ranges = List.copyOf(ranges);
  }

  /** The host frame behind a guest frame, or {@link #NO_FRAME}. */
  public long hostFrame(long guestFrame) {
    for (HostRange range : ranges) {
      if (range.holdsGuest(guestFrame)) {
        return range.hostFrame() + (guestFrame - range.guestFrame());
      }
    }
    return NO_FRAME;
  }

  /** The guest frame that a host frame stands behind, or {@link #NO_FRAME}. */
  public long guestFrame(long hostFrame) {
    for (HostRange range : ranges) {
      if (range.holdsHost(hostFrame)) {
        return range.guestFrame() + (hostFrame - range.hostFrame());
      }
    }
    return NO_FRAME;
  }

  /** True if a guest frame has memory behind it that the guest may not store to. */
  public boolean readOnly(long guestFrame) {
    for (HostRange range : ranges) {
      if (range.holdsGuest(guestFrame)) {
        return range.readOnly();
      }
    }
    return false;
  }

  /** True if a run of guest frames lies contiguously on the host, protected alike. */
  public boolean contiguous(long guestFrame, long frames) {
    for (HostRange range : ranges) {
      if (range.holdsGuest(guestFrame)) {
        return range.holdsGuest(guestFrame + frames - 1);
      }
    }
    return false;
  }

  /** True if every frame of a run has memory behind it. */
  public boolean backs(long guestFrame, long frames) {
    long backed = 0;
    for (HostRange range : ranges) {
      if (range.overlapsGuest(guestFrame, guestFrame + frames)) {
        backed += range.within(guestFrame, guestFrame + frames).frames();
      }
    }
    return backed == frames;
  }

  /** The parts of the map behind a run of guest frames, in order. */
  public List<HostRange> behind(long guestFrame, long frames) {
    List<HostRange> parts = new ArrayList<>(1);
    for (HostRange range : ranges) {
      if (range.overlapsGuest(guestFrame, guestFrame + frames)) {
        parts.add(range.within(guestFrame, guestFrame + frames));
      }
    }
    return parts;
  }

  /**
   * The map once the host has done something that it can do; what moves no memory changes nothing.
   */
  public HostMap after(HostOperation operation) {
    return switch (operation) {
      case MapFrames(int vm, long guestFrame, long hostFrame, long frames) ->
          with(new HostRange(guestFrame, hostFrame, frames));
      case UnmapFrames(int vm, long guestFrame, long frames) -> without(guestFrame, frames);
      case MoveFrames(int vm, long guestFrame, long hostFrame, long frames) ->
          moving(guestFrame, hostFrame, frames);
      case ProtectFrames(int vm, long guestFrame, long frames, boolean readOnly) ->
          protecting(guestFrame, frames, readOnly);
      case ResizePages resize -> this;
      case StartDirtyLog start -> this;
      case HarvestDirtyLog harvest -> this;
      case CreateMachine create -> this;
      case DestroyMachine destroy -> this;
    };
  }

  /** The map with other memory, or protection, behind the guest frames of a run. */
  public HostMap with(HostRange run) {
    List<HostRange> changed = outside(run.guestFrame(), run.frames());
    changed.add(run);
    return joined(changed);
  }

  /** The map with a run of guest frames, all of them backed, on other host frames. */
  public HostMap moving(long guestFrame, long hostFrame, long frames) {
    List<HostRange> changed = outside(guestFrame, frames);
    for (HostRange part : behind(guestFrame, frames)) {
      long to = hostFrame + (part.guestFrame() - guestFrame);
      changed.add(new HostRange(part.guestFrame(), to, part.frames(), part.readOnly()));
    }
    return joined(changed);
  }

  /** The map with nothing behind a run of guest frames. */
  public HostMap without(long guestFrame, long frames) {
    return joined(outside(guestFrame, frames));
  }

  /** The map with a run of guest frames, all of them backed, protected or not. */
  public HostMap protecting(long guestFrame, long frames, boolean readOnly) {
    List<HostRange> changed = outside(guestFrame, frames);
    for (HostRange part : behind(guestFrame, frames)) {
      changed.add(new HostRange(part.guestFrame(), part.hostFrame(), part.frames(), readOnly));
    }
    return joined(changed);
  }

  private List<HostRange> outside(long guestFrame, long frames) {
    long end = guestFrame + frames;
    List<HostRange> rest = new ArrayList<>(ranges.size() + 2);
    for (HostRange range : ranges) {
      if (!range.overlapsGuest(guestFrame, end)) {
        rest.add(range);
      } else {
        if (range.guestFrame() < guestFrame) {
          rest.add(range.within(range.guestFrame(), guestFrame));
        }
        if (range.guestEnd() > end) {
          rest.add(range.within(end, range.guestEnd()));
        }
      }
    }
    return rest;
  }

  /** Runs that go on where another one ends are one run. */
  private static HostMap joined(List<HostRange> runs) {
    runs.sort(Comparator.comparingLong(HostRange::guestFrame));
    List<HostRange> joined = new ArrayList<>(runs.size());
    for (HostRange run : runs) {
      HostRange last = joined.isEmpty() ? null : joined.getLast();
      if (last != null
          && last.guestEnd() == run.guestFrame()
          && last.hostFrame() + last.frames() == run.hostFrame()
          && last.readOnly() == run.readOnly()) {
        joined.removeLast();
        joined.add(
            new HostRange(
                last.guestFrame(),
                last.hostFrame(),
                last.frames() + run.frames(),
                last.readOnly()));
      } else {
        joined.add(run);
      }
    }
    return new HostMap(joined);
  }
}
