package io.vtlb.conformance.cell;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.specs.cell.CellSize;
import io.vtlb.specs.cell.Edit;
import org.jspecify.annotations.Nullable;

/**
 * A linear page that a virtual CPU has dealt with: what stores made of its walk since it was
 * flushed.
 *
 * <p>Its walk is remembered while nothing that it depends on has changed, so that a store to
 * anything else costs no more than comparing addresses.
 */
final class TrackedPage {

  private final long number;
  private Edit edit = Edit.UNCHANGED;
  private @Nullable GuestWalk walk;

  /** True while a store to an entry of the walk is being made. */
  private boolean hit;

  /**
   * @param number the page, numbered in 4 KiB
   */
  TrackedPage(long number) {
    this.number = number;
  }

  long number() {
    return number;
  }

  Edit edit() {
    return edit;
  }

  /** The walk of the page from the root, as memory is. */
  GuestWalk walk(Walker walker, GuestMemory memory, ControlState control) {
    GuestWalk known = walk;
    if (known == null) {
      known = walker.walk(memory, control, number);
      walk = known;
    }
    return known;
  }

  /** Something that the walk depends on has changed, or is about to. */
  void forgetWalk() {
    walk = null;
  }

  /** Bits of entries have changed without a store. */
  void updated(long address, int bytes, ControlState control) {
    if (walk != null && reads(walk, address, bytes, control)) {
      walk = null;
    }
  }

  /** A store is about to be made. */
  void storing(long address, int bytes, Walker walker, GuestMemory memory, ControlState control) {
    hit = reads(walk(walker, memory, control), address, bytes, control);
  }

  /** That store has been made. */
  void stored(Walker walker, GuestMemory memory, ControlState control) {
    GuestWalk before = walk;
    if (hit && before != null) {
      hit = false;
      walk = null;
      Edit made = WalkComparison.of(before, walk(walker, memory, control), number);
      if (made != Edit.UNCHANGED) {
        edit = made;
      }
    }
  }

  /** The page has been flushed. */
  void flushed() {
    edit = Edit.UNCHANGED;
  }

  private static boolean reads(GuestWalk walk, long address, int bytes, ControlState control) {
    int width = PagingMode.of(control).format().bytes();
    for (int i = 0; i < walk.steps().size(); i++) {
      long entry = walk.steps().get(i).address();
      if (entry != GuestWalk.NO_ADDRESS && entry < address + bytes && address < entry + width) {
        return true;
      }
    }
    return false;
  }

  /** The size at which a walk ended, or null where no page has the size of an entry. */
  static @Nullable CellSize sizeOf(GuestWalk walk) {
    if (walk.steps().isEmpty()) {
      return CellSize.SIZE_4K;
    }
    Level level = walk.last().level();
    if (!level.inMemory()) {
      return null;
    }
    return switch (level.shift()) {
      case 12 -> CellSize.SIZE_4K;
      case 21 -> CellSize.SIZE_2M;
      case 22 -> CellSize.SIZE_4M;
      case 30 -> CellSize.SIZE_1G;
      default -> null;
    };
  }
}
