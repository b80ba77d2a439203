package io.vtlb.model.admissible;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Profile;
import java.util.Optional;

/**
 * What one event obliges a processor to forget; more may always be forgotten.
 *
 * <p>Source: Intel SDM vol. 3, 4.10.4.1; AMD APM vol. 2, 5.5.2.
 *
 * @param row the row of the table of invalidations
 * @param scope which linear pages it names
 * @param contexts which PCIDs it names
 * @param globals true if global translations go too
 */
public record Invalidation(Row row, Scope scope, Contexts contexts, boolean globals) {

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
    /** A MOV to CR4 that changes PAE or sets SMEP. */
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
     * @param throughout true if every partial walk goes, and every fragment of a large page that
     *     the tables map there; false if only what is for the page itself goes
     */
    record OnePage(long page, boolean throughout) implements Scope {}

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

  private static final Scope EVERYWHERE = new Scope.Everywhere();
  private static final Contexts ALL = new Contexts.All();

  private static Contexts current(ControlState control) {
    return new Contexts.One(control.pcid());
  }

  /** INVLPG for a linear page: its translations, global ones too, and every partial walk. */
  public static Invalidation ofPage(long page, ControlState control) {
    return new Invalidation(
        Row.INVALIDATE_PAGE, new Scope.OnePage(page, true), current(control), true);
  }

  /** INVPCID with a linear page that only type 0 looks at, numbered in 4 KiB. */
  public static Invalidation ofPcid(InvalidationType type, int pcid, long page) {
    Row row = Row.INVALIDATE_CONTEXT;
    Contexts named = new Contexts.One(pcid);
    return switch (type) {
      case ADDRESS -> new Invalidation(row, new Scope.OnePage(page, false), named, false);
      case SINGLE_CONTEXT -> new Invalidation(row, EVERYWHERE, named, false);
      case ALL_CONTEXTS -> new Invalidation(row, EVERYWHERE, ALL, true);
      case ALL_CONTEXTS_KEEPING_GLOBALS -> new Invalidation(row, EVERYWHERE, ALL, false);
    };
  }

  /**
   * The delivery of a page fault for a lack of rights: the translations of the page, global ones
   * too, and the partial walks that lead to it (docs/adr/0003).
   */
  public static Invalidation ofDeliveredFault(long page, ControlState control) {
    return new Invalidation(
        Row.DELIVER_FAULT, new Scope.OnePage(page, false), current(control), true);
  }

  /**
   * The delivery of a page fault at an entry that is not present or has a reserved bit set: only
   * the partial walks that lead to the page, so that the same stale fault does not recur
   * (docs/adr/0003).
   */
  public static Invalidation ofDeliveredWalkFault(long page, ControlState control) {
    return new Invalidation(Row.DELIVER_FAULT, new Scope.WalksTo(page), current(control), false);
  }

  /** What a write to a control register obliges to forget, if it is in the table at all. */
  public static Optional<Invalidation> ofControlWrite(Event.ControlWrite write, Profile profile) {
    return switch (write.register()) {
      case CR0 ->
          write.before().paging() == write.after().paging()
              ? Optional.empty()
              : Optional.of(new Invalidation(Row.TOGGLE_PAGING, EVERYWHERE, ALL, true));
      case CR3 -> Optional.of(ofLoad(write));
      case CR4 -> ofCr4(write.before(), write.after(), profile);
      case EFER -> Optional.empty();
    };
  }

  private static Invalidation ofLoad(Event.ControlWrite write) {
    Contexts loaded = current(write.after());
    if (!write.after().processContexts()) {
      return new Invalidation(Row.LOAD_ROOT, EVERYWHERE, loaded, false);
    }
    return write.keepsTranslations()
        ? new Invalidation(Row.KEEP_CONTEXT, new Scope.Nowhere(), loaded, false)
        : new Invalidation(Row.LOAD_CONTEXT, EVERYWHERE, loaded, false);
  }

  private static Optional<Invalidation> ofCr4(
      ControlState before, ControlState after, Profile profile) {
    long changed = before.cr4() ^ after.cr4();
    if ((changed & profile.vendor().flushingBits()) != 0
        || (changed & before.cr4() & ControlState.CR4_PCIDE) != 0) {
      return Optional.of(new Invalidation(Row.TOGGLE_GLOBAL_PAGES, EVERYWHERE, ALL, true));
    }
    return (changed & ControlState.CR4_PAE) != 0
            || (changed & after.cr4() & ControlState.CR4_SMEP) != 0
        ? Optional.of(new Invalidation(Row.CHANGE_PROTECTION, EVERYWHERE, current(before), false))
        : Optional.empty();
  }
}
