package io.vtlb.implementation;

import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.machine.Vcpu;
import java.util.List;

/**
 * What the processor has to forget before one virtual CPU goes on after one event.
 *
 * <p>The processor may have cached each entry that was ever listed, so each entry that disappears
 * or changes is named here. A 4 KiB entry of the event's own page is covered by dropping that page.
 * Anything else asks for everything to be dropped: a large entry may be cached as smaller pieces at
 * addresses that are not known (Intel SDM vol. 3, 4.10.2.3), and several pages would need one
 * request each.
 */
final class PendingDrops {

  private static final long NO_PAGE = Long.MIN_VALUE;

  private final Vcpu vcpu;
  private final long address;
  private final long page;
  private boolean dropsPage;
  private boolean dropsEverything;

  private PendingDrops(Vcpu vcpu, long address, long page) {
    this.vcpu = vcpu;
    this.address = address;
    this.page = page;
  }

  /**
   * No drops yet, for an event that concerns one linear address.
   *
   * @param address in bytes, as the paging mode cuts it
   */
  static PendingDrops at(Vcpu vcpu, long address, PagingMode mode) {
    return new PendingDrops(vcpu, mode.cut(address), mode.page(address));
  }

  /** No drops yet, for an event that concerns no page more than others. */
  static PendingDrops everywhere(Vcpu vcpu) {
    return new PendingDrops(vcpu, 0, NO_PAGE);
  }

  /** Asks for the event's page to be dropped, whatever has changed. */
  PendingDrops page() {
    dropsPage = true;
    return this;
  }

  /** Asks for everything to be dropped, whatever has changed. */
  void everything() {
    dropsEverything = true;
  }

  /** Notes that the entry which started at {@code start} is no longer what it was. */
  void changed(long start, long entry) {
    if (start == page && EntryBits.span(entry) == Span.BASE) {
      dropsPage = true;
    } else {
      dropsEverything = true;
    }
  }

  /** The fewest requests that cover all that was noted. */
  List<ProcessorDrop> requests() {
    if (dropsEverything) {
      return List.of(new ProcessorDrop.Everything(vcpu));
    }
    return dropsPage ? List.of(new ProcessorDrop.Page(vcpu, address)) : List.of();
  }
}
