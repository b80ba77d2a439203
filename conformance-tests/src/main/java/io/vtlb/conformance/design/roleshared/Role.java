package io.vtlb.conformance.design.roleshared;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.WalkRights;

/**
 * What a shadow page is for, besides its guest frame: two walks may share a shadow page only if
 * every part of its role is the same for both.
 *
 * @param level 1 for a page whose entries cover one base page each; one more level covers 512 times
 *     as much
 * @param quadrant which part of a guest table of 1024 four-byte entries is shadowed, since a shadow
 *     page has 512 entries; 0 for other tables
 * @param direct true if it shadows no table but a run of frames: a fragmented large guest page, or
 *     memory without paging
 * @param access the rights accumulated above, the large page's own included
 * @param dirty the D bit of the large page; false for tables
 * @param key the protection key of the large page; 0 for tables
 * @param meaning the bits of the control state that decide what a guest entry means and grants
 */
record Role(
    int level,
    int quadrant,
    boolean direct,
    WalkRights access,
    boolean dirty,
    int key,
    ControlState meaning) {

  /** Linear-address bits that select one of the 512 entries of a shadow page. */
  static final int INDEX_BITS = 9;

  private static final int ENTRIES = 1 << INDEX_BITS;
  private static final long CR0_BITS = ControlState.CR0_PG | ControlState.CR0_WP;
  private static final long CR4_BITS =
      ControlState.CR4_PSE
          | ControlState.CR4_PAE
          | ControlState.CR4_LA57
          | ControlState.CR4_SMEP
          | ControlState.CR4_SMAP
          | ControlState.CR4_PKE;
  private static final long EFER_BITS = ControlState.EFER_LMA | ControlState.EFER_NXE;
  private static final ControlState WITHOUT_PAGING = new ControlState(0, 0, 0, 0);

  /** The bits of a control state that decide what entries mean; none without paging. */
  static ControlState meaning(ControlState control) {
    return control.paging()
        ? new ControlState(
            control.cr0() & CR0_BITS, 0, control.cr4() & CR4_BITS, control.efer() & EFER_BITS)
        : WITHOUT_PAGING;
  }

  /** The role for a guest table that a walk for a linear page reads at a depth. */
  static Role ofTable(int depth, long page, WalkRights access, ControlState meaning) {
    PagingMode mode = PagingMode.of(meaning);
    int level = mode.levels().size() - depth;
    boolean fourBytes = mode.format().bytes() == Integer.BYTES;
    int quadrant = fourBytes ? (int) (page >>> (INDEX_BITS * level)) & ((1 << level) - 1) : 0;
    return new Role(level, quadrant, false, access, false, 0, meaning);
  }

  /** The role for fragments of a large guest page, or of all memory without paging. */
  static Role ofFragments(int level, Translation guest, ControlState meaning) {
    return new Role(level, 0, true, guest.rights(), guest.dirty(), guest.key(), meaning);
  }

  PagingMode mode() {
    return PagingMode.of(meaning);
  }

  /** How deep in the guest's walk the shadowed table is, from the root's 0. */
  int depth() {
    return mode().levels().size() - level;
  }

  /** Base pages that one entry covers. */
  long pages() {
    return 1L << (INDEX_BITS * (level - 1));
  }

  /** The entry that a linear page selects. */
  int index(long page) {
    return (int) (page >>> (INDEX_BITS * (level - 1))) & (ENTRIES - 1);
  }

  /** The guest entry behind a shadow entry. */
  int guestIndex(int index) {
    return (quadrant << INDEX_BITS | index) >> spread();
  }

  /** The first of the {@code 1 << spread()} shadow entries made from a guest entry, or -1. */
  int shadowIndex(int guestIndex) {
    int first = guestIndex << spread();
    return first >> INDEX_BITS == quadrant ? first & (ENTRIES - 1) : -1;
  }

  /** A four-byte PDE covers 4 MiB and so has two shadow entries of 2 MiB: 1 for it, else 0. */
  int spread() {
    return mode().format().bytes() == Integer.BYTES ? level - 1 : 0;
  }

  Role with(WalkRights otherAccess, boolean otherDirty) {
    return new Role(level, quadrant, direct, otherAccess, otherDirty, key, meaning);
  }

  Role with(int otherQuadrant, ControlState otherMeaning) {
    return new Role(level, otherQuadrant, direct, access, dirty, key, otherMeaning);
  }
}
