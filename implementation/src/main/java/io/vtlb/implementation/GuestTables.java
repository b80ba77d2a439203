package io.vtlb.implementation;

import static io.vtlb.implementation.GuestWalk.ACCESSED;
import static io.vtlb.implementation.GuestWalk.DIRTY;
import static io.vtlb.implementation.GuestWalk.PAGE_SIZE;
import static io.vtlb.implementation.GuestWalk.PRESENT;

import io.vtlb.implementation.GuestWalk.Mapped;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.GuestMemory;
import java.util.Optional;

/**
 * The guest's 32-bit page tables under one control state, as they are in memory at each call (Intel
 * SDM vol. 3, 4.3 and 4.8).
 */
final class GuestTables {

  private static final int ENTRY_BYTES = 4;
  private static final long FRAME_BITS = 0xFFFF_F000L;
  private static final int LARGE_SHIFT = 22;

  /** The lowest bit of a 4 MiB leaf that holds upper address bits, or is reserved. */
  private static final int UPPER_FIELD_SHIFT = 13;

  /** PSE-36 reaches at most this many physical address bits. */
  private static final int PSE36_BITS = 40;

  private final GuestMemory memory;
  private final long root;
  private final boolean largePages;

  /** How many bits of a physical address a 4 MiB leaf gives above bit 31. */
  private final int upperBits;

  private final long reservedInLargeLeaf;

  GuestTables(GuestMemory memory, ControlState control, Profile profile) {
    this.memory = memory;
    root = control.cr3() & FRAME_BITS;
    largePages = control.pageSizeExtensions();
    upperBits =
        profile.pse36() ? Math.min(PSE36_BITS, profile.physicalAddressBits()) - Integer.SIZE : 0;
    reservedInLargeLeaf = (1L << LARGE_SHIFT) - (1L << (UPPER_FIELD_SHIFT + upperBits));
  }

  /** Walks from the root to a linear page and changes nothing. */
  GuestWalk walk(int page) {
    long directoryAddress = root + (long) ENTRY_BYTES * LinearPage.directoryIndex(page);
    long directory = memory.read(directoryAddress, ENTRY_BYTES);
    if ((directory & PRESENT) == 0) {
      return new GuestWalk.NotPresent();
    }
    if (largePages && (directory & PAGE_SIZE) != 0) {
      return largeLeaf(directoryAddress, directory);
    }
    long leafAddress = (directory & FRAME_BITS) + (long) ENTRY_BYTES * LinearPage.tableIndex(page);
    long leaf = memory.read(leafAddress, ENTRY_BYTES);
    if ((leaf & PRESENT) == 0) {
      return new GuestWalk.NotPresent();
    }
    long frame = (leaf & FRAME_BITS) >>> PageSize.BASE_SHIFT;
    return new Mapped(directoryAddress, directory, leafAddress, leaf, frame, false);
  }

  private GuestWalk largeLeaf(long address, long leaf) {
    if ((leaf & reservedInLargeLeaf) != 0) {
      return new GuestWalk.ReservedBit();
    }
    long upper = (leaf >>> UPPER_FIELD_SHIFT) & ((1L << upperBits) - 1);
    long lower = (leaf & FRAME_BITS) >>> LARGE_SHIFT;
    long frame = ((upper << Integer.SIZE) | (lower << LARGE_SHIFT)) >>> PageSize.BASE_SHIFT;
    return new Mapped(address, leaf, address, leaf, frame, true);
  }

  /**
   * Sets A in every entry of a walk, the page-directory entry first, and D in the leaf for a store.
   *
   * <p>A leaf counts only as it is read while A of the entry above it is already set, and the last
   * bits are set in exactly the leaf that was judged. So the walk that is returned is one that a
   * processor could have made, whatever other agents store meanwhile.
   *
   * @return the walk with its bits set, or empty if it has to be made again
   */
  Optional<Mapped> mark(Mapped walk, boolean store) {
    if (!walk.large() && (walk.directory() & ACCESSED) == 0) {
      replace(walk.directoryAddress(), walk.directory(), walk.directory() | ACCESSED);
      return Optional.empty();
    }
    long marked = walk.leaf() | ACCESSED | (store ? DIRTY : 0);
    if (marked == walk.leaf()) {
      return Optional.of(walk);
    }
    return replace(walk.leafAddress(), walk.leaf(), marked)
        ? Optional.of(walk.withLeaf(marked))
        : Optional.empty();
  }

  private boolean replace(long address, long expected, long replacement) {
    return memory.compareAndSet(address, ENTRY_BYTES, expected, replacement);
  }
}
