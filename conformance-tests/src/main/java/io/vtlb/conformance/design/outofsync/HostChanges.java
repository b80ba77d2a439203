package io.vtlb.conformance.design.outofsync;

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
import io.vtlb.model.target.HostRange;
import java.util.Set;
import java.util.function.LongPredicate;

/** Follows what the host does to the frames of one machine, in every shadow there is. */
final class HostChanges {

  private final ShadowPool pool;
  private final GuestFrames frames;
  private final TableSync tables;
  private final Set<Slip> slips;

  HostChanges(ShadowPool pool, GuestFrames frames, TableSync tables, Set<Slip> slips) {
    this.pool = pool;
    this.frames = frames;
    this.tables = tables;
    this.slips = slips;
  }

  /** Follows one operation; returns the frames of a harvested log. */
  Set<Long> follow(HostOperation operation) {
    switch (operation) {
      case MapFrames(int vm, long guest, long host, long count) -> {
        frames.change(map -> map.with(new HostRange(guest, host, count)));
        if (!slips.contains(Slip.DEVICE_REMEMBERED_OVER_MEMORY)) {
          frames.removeMappings(run(guest, count));
        }
      }
      case MoveFrames(int vm, long guest, long host, long count) -> {
        frames.change(map -> map.moving(guest, host, count));
        frames.removeMappings(run(guest, count));
      }
      case UnmapFrames(int vm, long guest, long count) -> {
        frames.change(map -> map.without(guest, count));
        frames.removeMappings(run(guest, count));
        pool.unshadow(run(guest, count));
      }
      case ProtectFrames(int vm, long guest, long count, boolean readOnly) -> {
        frames.change(map -> map.protecting(guest, count, readOnly));
        frames.removeWriteAccess(run(guest, count));
      }
      case ResizePages(int vm, long guest, long count, int pages) -> {
        // Every entry maps a small page already, so that there is nothing to do.
        if (slips.contains(Slip.HOST_SPLIT_FORGETS_TABLES)) {
          tables.forget(run(guest, count));
        }
      }
      case StartDirtyLog start -> frames.nextPeriod();
      case HarvestDirtyLog harvest -> {
        return frames.nextPeriod();
      }
      case DestroyMachine destroy -> pool.all().forEach(pool::clear);
      case CreateMachine create ->
          throw new IllegalArgumentException("a machine is created by its blueprint");
    }
    return Set.of();
  }

  private static LongPredicate run(long first, long count) {
    return frame -> frame >= first && frame < first + count;
  }
}
