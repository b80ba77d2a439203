package io.vtlb.conformance.design.outofsync;

import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.target.ActiveEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One virtual CPU: its control state, the root shadows that it runs on, and what they show. */
final class VirtualCpu {

  /** An entry on the way to a page: there may be none at this index. */
  record Place(Shadow table, int index, @Nullable ShadowEntry entry) {}

  private final Vcpu name;

  /** One, or with PAE paging one for each PDPTE register that names a table. */
  private final @Nullable Shadow[] roots = new Shadow[PdpteRegisters.COUNT];

  private ControlState control;

  VirtualCpu(Vcpu name, ControlState control) {
    this.name = name;
    this.control = control;
  }

  Vcpu name() {
    return name;
  }

  ControlState control() {
    return control;
  }

  PagingMode mode() {
    return PagingMode.of(control);
  }

  @Nullable Shadow[] roots() {
    return roots;
  }

  void load(ControlState state) {
    control = state;
  }

  boolean runsOn(Shadow shadow) {
    for (Shadow root : roots) {
      if (root == shadow) {
        return true;
      }
    }
    return false;
  }

  /** The shadow entries on the way to a linear page, numbered in 4 KiB, as far as it goes. */
  List<Place> path(long page) {
    List<Place> path = new ArrayList<>(5);
    Shadow table = control.paePaging() ? roots[PagingMode.PAE.level(0).index(page)] : roots[0];
    while (table != null) {
      int index = table.type().index(page);
      ShadowEntry entry = table.get(index);
      path.add(new Place(table, index, entry));
      table = entry instanceof ShadowEntry.Link link ? link.child() : null;
    }
    return path;
  }

  /** The pages that the processor finds. */
  List<ActiveEntry> activeEntries(PrivilegeSet set) {
    List<ActiveEntry> entries = new ArrayList<>();
    long span = control.paePaging() ? PagingMode.PAE.level(0).pages() : 0;
    for (int index = 0; index < roots.length; index++) {
      Shadow root = roots[index];
      if (root != null) {
        collect(root, index * span, Reach.ROOT, set, entries);
      }
    }
    return entries;
  }

  private void collect(
      Shadow table, long first, Reach reach, PrivilegeSet set, List<ActiveEntry> entries) {
    ShadowType type = table.type();
    table
        .entries()
        .forEach((index, entry) -> {
          long page = first + index * type.pages();
          Reach reached = reach.through(type, entry);
          switch (entry) {
            case ShadowEntry.Link link -> collect(link.child(), page, reached, set, entries);
            case ShadowEntry.Page mapped -> {
              AccessRights rights = rights(reached, set);
              if (!rights.none()) {
                long linear = mode().canonicalPage(page);
                entries.add(new ActiveEntry(linear, 1, mapped.hostFrame(), rights, keyOf(reached)));
              }
            }
            case ShadowEntry.Device device -> {}
          }
        });
  }

  /**
   * The processor runs with CR0.WP=1 and paging whatever the guest does, so that tables stay
   * protected: what supervisors store without WP is emulated.
   */
  private AccessRights rights(Reach reached, PrivilegeSet set) {
    return Permission.resolve(reached.rights(), set, control)
        .and(new AccessRights(true, reached.rights().writable(), true));
  }

  private int keyOf(Reach reached) {
    return control.protectionKeys() && reached.rights().user() ? reached.key() : ActiveEntry.NO_KEY;
  }
}
