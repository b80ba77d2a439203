package io.vtlb.model.admissible;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.PagingMode;
import java.util.Optional;

/**
 * What one event obliges a processor to forget; more may always be forgotten.
 *
 * <p>Source: Intel SDM vol. 3, 4.10.4.1; AMD APM vol. 2, 5.5.3.
 *
 * @param row the row of the table of invalidations
 * @param scope which linear pages it names
 * @param contexts which PCIDs it names
 * @param globals which global translations go too
 */
public record Invalidation(Row row, Scope scope, Contexts contexts, Globals globals) {

  /** The rows of the table of invalidations, in its order. */
  public enum Row {
    /** INVLPG. */
    INVALIDATE_PAGE,
    /** MOV to CR3 without PCIDs. */
    LOAD_ROOT,
    /** MOV to CR3 with PCIDs and bit 63 clear. */
    LOAD_CONTEXT,
    /** MOV to CR3 with PCIDs and bit 63 set, which obliges to nothing but the change of PCID. */
    KEEP_CONTEXT,
    /** A MOV to CR4 that changes PGE or clears PCIDE, or whatever else flushes all (vendors). */
    TOGGLE_GLOBAL_PAGES,
    /** A MOV to CR4 that changes PAE or sets SMEP (vendors). */
    CHANGE_PROTECTION,
    /** A MOV to CR0 that changes PG. */
    TOGGLE_PAGING,
    /** INVPCID. */
    INVALIDATE_CONTEXT,
    /** The delivery of a page fault. */
    DELIVER_FAULT
  }

  /** Which linear pages an invalidation names. */
  public sealed interface Scope {

    /** Every page, and every partial walk. */
    record Everywhere() implements Scope {}

    /**
     * One page, numbered in 4 KiB.
     *
     * @param everyWalk true if every partial walk goes; false if only those that lead to the page
     * @param allFragments true if every fragment of a large page that the tables map there goes;
     *     false if only the page itself
     */
    record OnePage(long page, boolean everyWalk, boolean allFragments) implements Scope {}

    /** The partial walks that lead to one page, numbered in 4 KiB, and nothing else. */
    record WalksTo(long page) implements Scope {}

    /** Nothing. */
    record Nowhere() implements Scope {}
  }

  /** Which PCIDs an invalidation names. */
  public sealed interface Contexts {

    /** One PCID. */
    record One(int pcid) implements Contexts {}

    /** Every PCID. */
    record All() implements Contexts {}

    /** True if it names this PCID. */
    default boolean include(int pcid) {
      return switch (this) {
        case One(int named) -> named == pcid;
        case All() -> true;
      };
    }
  }

  /** Which global translations an invalidation names. */
  public enum Globals {
    /** None. */
    KEPT,
    /**
     * Those that were cached under the PCIDs named, like any other. One cached under another PCID
     * may live on, but it denies nothing more at the page named.
     */
    OF_CONTEXTS,
    /** All, whatever PCID they were cached under. */
    ALL
  }

  private static final Scope EVERYWHERE = new Scope.Everywhere();
  private static final Contexts ALL = new Contexts.All();

  private static Contexts current(ControlState control) {
    return new Contexts.One(control.pcid());
  }

  /** INVLPG for a linear page: its translations, global ones too, and every partial walk. */
  public static Invalidation ofPage(long page, ControlState control) {
    return new Invalidation(
        Row.INVALIDATE_PAGE, new Scope.OnePage(page, true, true), current(control), Globals.ALL);
  }

  /**
   * INVPCID with a linear page that only type 0 looks at, numbered in 4 KiB and not cut to the
   * mode's width: outside of it there is nothing to forget.
   *
   * <p>As with INVLPG, every fragment of a large page goes that the paging structures map there.
   * They are known for the current PCID only; for another one only the page named has to go
   * (docs/adr/0006).
   */
  public static Invalidation ofPcid(
      InvalidationType type, int pcid, long page, ControlState control) {
    Row row = Row.INVALIDATE_CONTEXT;
    Contexts named = new Contexts.One(pcid);
    return switch (type) {
      case ADDRESS -> {
        boolean exists = PagingMode.of(control).canonicalPage(page) == page;
        Scope scope =
            exists ? new Scope.OnePage(page, false, pcid == control.pcid()) : new Scope.Nowhere();
        yield new Invalidation(row, scope, named, Globals.KEPT);
      }
      case SINGLE_CONTEXT -> new Invalidation(row, EVERYWHERE, named, Globals.KEPT);
      case ALL_CONTEXTS -> new Invalidation(row, EVERYWHERE, ALL, Globals.ALL);
      case ALL_CONTEXTS_KEEPING_GLOBALS -> new Invalidation(row, EVERYWHERE, ALL, Globals.KEPT);
    };
  }

  /**
   * The delivery of a page fault for a lack of rights: the translations of the page that were
   * cached under the current PCID, global or not, and the partial walks that lead to it. A global
   * one of another PCID is not named, but does not cause the same fault again (docs/adr/0003).
   */
  public static Invalidation ofDeliveredFault(long page, ControlState control) {
    return new Invalidation(
        Row.DELIVER_FAULT,
        new Scope.OnePage(page, false, false),
        current(control),
        Globals.OF_CONTEXTS);
  }

  /**
   * The delivery of a page fault at an entry that is not present or has a reserved bit set: only
   * the partial walks that lead to the page, so that the same stale fault does not recur
   * (docs/adr/0003).
   */
  public static Invalidation ofDeliveredWalkFault(long page, ControlState control) {
    return new Invalidation(
        Row.DELIVER_FAULT, new Scope.WalksTo(page), current(control), Globals.KEPT);
  }

  /** What a write to a control register obliges to forget, if it is in the table at all. */
  public static Optional<Invalidation> ofControlWrite(Event.ControlWrite write, Profile profile) {
    return switch (write.register()) {
      case CR0 ->
          write.before().paging() == write.after().paging()
              ? Optional.empty()
              : Optional.of(new Invalidation(Row.TOGGLE_PAGING, EVERYWHERE, ALL, Globals.ALL));
      case CR3 -> Optional.of(ofLoad(write));
      case CR4 -> ofCr4(write.before(), write.after(), profile);
      case EFER -> Optional.empty();
    };
  }

  private static Invalidation ofLoad(Event.ControlWrite write) {
    Contexts loaded = current(write.after());
    if (!write.after().processContexts()) {
      return new Invalidation(Row.LOAD_ROOT, EVERYWHERE, loaded, Globals.KEPT);
    }
    return write.keepsTranslations()
        ? new Invalidation(Row.KEEP_CONTEXT, new Scope.Nowhere(), loaded, Globals.KEPT)
        : new Invalidation(Row.LOAD_CONTEXT, EVERYWHERE, loaded, Globals.KEPT);
  }

  private static Optional<Invalidation> ofCr4(
      ControlState before, ControlState after, Profile profile) {
    Vendor vendor = profile.vendor();
    long changed = before.cr4() ^ after.cr4();
    long set = changed & after.cr4();
    long cleared = changed & before.cr4();
    if ((changed & vendor.flushingBits()) != 0
        || (set & vendor.flushingBitsWhenSet()) != 0
        || (cleared & ControlState.CR4_PCIDE) != 0) {
      return Optional.of(new Invalidation(Row.TOGGLE_GLOBAL_PAGES, EVERYWHERE, ALL, Globals.ALL));
    }
    return (changed & ControlState.CR4_PAE) != 0 || (set & vendor.contextFlushingBitsWhenSet()) != 0
        ? Optional.of(
            new Invalidation(Row.CHANGE_PROTECTION, EVERYWHERE, current(before), Globals.KEPT))
        : Optional.empty();
  }
}
