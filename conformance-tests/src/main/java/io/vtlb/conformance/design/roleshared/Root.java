package io.vtlb.conformance.design.roleshared;

import io.vtlb.conformance.design.roleshared.ShadowPage.Slot;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.ActiveEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the processor's walk of the shadow starts for one virtual CPU: one top page in 4-level and
 * 5-level paging, one for each gigabyte elsewhere.
 */
final class Root {

  /** What has to be the same for a root to be loaded again. */
  record Key(long table, int pcid, ControlState meaning, PdpteRegisters pdptes) {

    static Key of(ControlState control) {
      PagingMode mode = PagingMode.of(control);
      boolean inMemory = !mode.levels().isEmpty() && mode.level(0).inMemory();
      return new Key(
          inMemory ? mode.format().rootFrame(control) : 0,
          control.pcid(),
          Role.meaning(control),
          control.paePaging() ? control.pdptes() : PdpteRegisters.NONE);
    }
  }

  private static final long NEVER = -1;
  private static final int GIGABYTE_BITS = 18;

  final Key key;

  /** The top pages, made when they are first needed. */
  final @Nullable ShadowPage[] tops;

  private long leftAt = NEVER;

  Root(Key key) {
    this.key = key;
    this.tops = new ShadowPage[key.meaning().longMode() ? 1 : PdpteRegisters.COUNT];
  }

  void leave(long version) {
    leftAt = version;
  }

  /** A flush covered it: it must be synchronised before it is used again. */
  void owe() {
    leftAt = NEVER;
  }

  /** The shadow's version when it was left; what was entered later is not of its context. */
  long leftAt() {
    return leftAt;
  }

  List<ShadowPage> topPages() {
    return Stream.of(tops).filter(Objects::nonNull).toList();
  }

  @Nullable ShadowPage top(long page) {
    return tops[topIndex(page)];
  }

  void setTop(long page, ShadowPage top) {
    tops[topIndex(page)] = top;
    top.roots.add(this);
  }

  /** The top page is gone. */
  void lose(ShadowPage top) {
    for (int index = 0; index < tops.length; index++) {
      if (tops[index] == top) {
        tops[index] = null;
      }
    }
  }

  /** Lets go of the top pages. */
  void release() {
    for (ShadowPage top : tops) {
      if (top != null) {
        top.roots.remove(this);
      }
    }
  }

  private int topIndex(long page) {
    return tops.length == 1 ? 0 : (int) (page >>> GIGABYTE_BITS) & (tops.length - 1);
  }

  /** The entry that maps a linear page, a leaf or a device's, or null. */
  @Nullable Slot find(long page) {
    ShadowPage at = top(page);
    while (at != null) {
      Slot slot = new Slot(at, at.role.index(page));
      if (!(slot.entry() instanceof ShadowEntry.Link(ShadowPage child))) {
        return slot.entry() == null ? null : slot;
      }
      at = child;
    }
    return null;
  }

  /** What the processor could use in a privilege set. */
  List<ActiveEntry> activeEntries(PrivilegeSet set) {
    List<ActiveEntry> found = new ArrayList<>();
    for (int index = 0; index < tops.length; index++) {
      ShadowPage top = tops[index];
      if (top != null) {
        collect(top, (long) index << GIGABYTE_BITS, set, found);
      }
    }
    return found;
  }

  private void collect(ShadowPage from, long first, PrivilegeSet set, List<ActiveEntry> found) {
    PagingMode mode = PagingMode.of(key.meaning());
    from.entries.forEach((index, entry) -> {
      long page = first + index * from.role.pages();
      switch (entry) {
        case ShadowEntry.Link(ShadowPage child) -> collect(child, page, set, found);
        case ShadowEntry.Leaf leaf -> {
          ActiveEntry seen =
              leaf.seen(mode.canonicalPage(page), from.role.pages(), set, from.role.meaning());
          if (seen != null) {
            found.add(seen);
          }
        }
        case ShadowEntry.Device device -> {}
      }
    });
  }
}
