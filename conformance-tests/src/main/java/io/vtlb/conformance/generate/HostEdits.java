package io.vtlb.conformance.generate;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.HostMap;

/** Chooses what the host does to some memory of a machine. */
final class HostEdits {

  private static final long HIGH = PageSize.LARGE_4M;
  private static final int[] HOST_PAGES = {1, PageSize.LARGE_2M, PageSize.LARGE_4M};

  private final Guest guest;

  HostEdits(Guest guest) {
    this.guest = guest;
  }

  /** Any edit of any memory that sequences use. */
  HostOperation any() {
    if (guest.chance(10)) {
      return guest.chance(50)
          ? new HostOperation.StartDirtyLog(guest.vm)
          : new HostOperation.HarvestDirtyLog(guest.vm);
    }
    int kind = guest.choices.nextInt(20);
    if (kind < 9) {
      return edit(guest.pick(Terrain.DATA), 1);
    }
    if (kind < 12) {
      return edit(Terrain.DEVICE, 1);
    }
    return kind < 15 ? editOfTable(anyTable()) : ofLargePage();
  }

  private long anyTable() {
    return 1L + guest.choices.nextInt(Terrain.LAST_TABLE_FRAME);
  }

  /** An edit of all that a large page may map, or of part of it. */
  HostOperation ofLargePage() {
    return switch (guest.choices.nextInt(4)) {
      case 0 -> edit(HIGH, PageSize.LARGE_4M);
      case 1 -> edit(HIGH, PageSize.LARGE_2M);
      default -> edit(HIGH + guest.choices.nextInt(4), 1);
    };
  }

  /** An edit of frames: memory where there is none, or any change of the memory that is there. */
  HostOperation edit(long named, long frames) {
    long frame = inReach(named);
    HostMap map = guest.host.map(guest.vm);
    if (map.behind(frame, frames).isEmpty()) {
      return guest.host.map(guest.vm, frame, frames);
    }
    if (!map.backs(frame, frames)) {
      return edit(frame, 1);
    }
    return switch (guest.choices.nextInt(8)) {
      case 0, 1, 2 -> guest.host.move(guest.vm, frame, frames);
      case 3, 4 -> unmap(frame, frames);
      case 5, 6 -> guest.host.protect(guest.vm, frame, frames, !map.readOnly(frame));
      default -> resize(frame, frames);
    };
  }

  /** An entry may name a frame that no address of the processor reaches. */
  private long inReach(long frame) {
    return frame & (1L << (guest.profile.physicalAddressBits() - PageSize.BASE_SHIFT)) - 1;
  }

  /** An edit of a frame that holds a table: one without memory, or read-only, is of little use. */
  HostOperation editOfTable(long named) {
    long frame = inReach(named);
    HostMap map = guest.host.map(guest.vm);
    if (!map.backs(frame, 1)) {
      return guest.host.map(guest.vm, frame, 1);
    }
    if (map.readOnly(frame)) {
      return guest.host.protect(guest.vm, frame, 1, false);
    }
    int kind = guest.choices.nextInt(20);
    if (kind == 0) {
      return unmap(frame, 1);
    }
    if (kind < 4) {
      return guest.host.protect(guest.vm, frame, 1, true);
    }
    return kind < 6 ? resize(frame, 1) : guest.host.move(guest.vm, frame, 1);
  }

  HostOperation unmap(long frame, long frames) {
    guest.written.forget(frame, frames);
    return guest.host.unmap(guest.vm, frame, frames);
  }

  private HostOperation resize(long frame, long frames) {
    int pages = HOST_PAGES[guest.choices.nextInt(HOST_PAGES.length)];
    return new HostOperation.ResizePages(guest.vm, frame, frames, pages);
  }
}
