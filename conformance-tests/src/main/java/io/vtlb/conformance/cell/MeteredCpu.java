package io.vtlb.conformance.cell;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Walker;
import io.vtlb.specs.cell.Edit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the meter knows of one virtual CPU: its control state and the pages that it dealt with. */
final class MeteredCpu {

  private final Walker walker;
  private final GuestPhysicalMemory memory;
  private final List<TrackedPage> pages = new ArrayList<>();
  private ControlState control;
  private @Nullable TrackedPage accessed;

  MeteredCpu(Walker walker, GuestPhysicalMemory memory, ControlState control) {
    this.walker = walker;
    this.memory = memory;
    this.control = control;
  }

  ControlState control() {
    return control;
  }

  /** The control state is another one from now on. */
  void load(ControlState state) {
    control = state;
    forgetWalks();
  }

  List<TrackedPage> pages() {
    return pages;
  }

  /** A page, numbered in 4 KiB, tracked from now on if it was not yet. */
  TrackedPage page(long number) {
    for (int i = 0; i < pages.size(); i++) {
      if (pages.get(i).number() == number) {
        return pages.get(i);
      }
    }
    TrackedPage page = new TrackedPage(number);
    pages.add(page);
    return page;
  }

  void access(long page) {
    if (accessed == null || accessed.number() != page) {
      accessed = page(page);
    }
  }

  /** Tracks the page of an address, as this mode cuts it, if it has one there. */
  void expect(long address) {
    PagingMode mode = PagingMode.of(control);
    long linear = mode.linear(address);
    if (mode.isCanonical(linear)) {
      page(PageSize.page(linear));
    }
  }

  /** True if a page counts even where it has no active entry; before the first access all do. */
  boolean isInQuestion(TrackedPage page) {
    return accessed == null || page == accessed || page.edit() != Edit.UNCHANGED;
  }

  GuestWalk walk(TrackedPage page) {
    return page.walk(walker, memory, control);
  }

  void forgetWalks() {
    pages.forEach(TrackedPage::forgetWalk);
  }

  void storing(long address, int bytes) {
    for (int i = 0; i < pages.size(); i++) {
      pages.get(i).storing(address, bytes, walker, memory, control);
    }
  }

  void stored() {
    for (int i = 0; i < pages.size(); i++) {
      pages.get(i).stored(walker, memory, control);
    }
  }

  void updated(long address, int bytes) {
    for (int i = 0; i < pages.size(); i++) {
      pages.get(i).updated(address, bytes, control);
    }
  }
}
