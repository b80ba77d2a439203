package io.vtlb.conformance.design.roleshared;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The shadow of one guest table, or of a run of frames, in one role; only {@link ShadowPages}
 * changes its entries, so that links and the reverse map stay true.
 */
final class ShadowPage {

  /** One entry's place. */
  record Slot(ShadowPage page, int index) {

    @Nullable ShadowEntry entry() {
      return page.entry(index);
    }
  }

  final long frame;
  final Role role;

  /** The valid entries by index. */
  final SortedMap<Integer, ShadowEntry> entries = new TreeMap<>();

  /** The entries that link here. */
  final Set<Slot> parents = new LinkedHashSet<>();

  /** The roots that start here. */
  final Set<Root> roots = new LinkedHashSet<>();

  /** The shadow's version when an entry was last entered. */
  long enteredAt;

  /** The guest may have changed the table unseen; only for tables of last-level entries. */
  boolean unsync;

  /** It is no longer found, and nothing may be entered in it. */
  boolean zapped;

  ShadowPage(long frame, Role role) {
    this.frame = frame;
    this.role = role;
  }

  @Nullable ShadowEntry entry(int index) {
    return entries.get(index);
  }

  List<Integer> indices() {
    return new ArrayList<>(entries.keySet());
  }

  /** True if it is the shadow of this frame in this role. */
  boolean is(long wanted, Role wantedRole) {
    return frame == wanted && role.equals(wantedRole);
  }
}
