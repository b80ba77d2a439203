package io.vtlb.model.admissible;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import java.util.Optional;

/**
 * What one event obliges a processor to forget; more may always be forgotten.
 *
 * <p>Source: Intel SDM vol. 3, 4.10.4.1.
 *
 * @param row the row of the table of invalidations
 * @param scope which linear pages it names
 * @param globals true if global translations go too
 */
public record Invalidation(Row row, Scope scope, boolean globals) {

  /** The rows of the table of invalidations that this version models. */
  public enum Row {
    /** INVLPG. */
    INVALIDATE_PAGE,
    /** MOV to CR3 without PCIDs. */
    LOAD_ROOT,
    /** A MOV to CR4 that changes PGE. */
    TOGGLE_GLOBAL_PAGES,
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
  }

  /** INVLPG for a linear page: its translations, global ones too, and every partial walk. */
  public static Invalidation ofPage(long page) {
    return new Invalidation(Row.INVALIDATE_PAGE, new Scope.OnePage(page, true), true);
  }

  /**
   * The delivery of a page fault for a lack of rights: the translations of the page, global ones
   * too, and the partial walks that lead to it (docs/adr/0003).
   */
  public static Invalidation ofDeliveredFault(long page) {
    return new Invalidation(Row.DELIVER_FAULT, new Scope.OnePage(page, false), true);
  }

  /**
   * The delivery of a page fault at an entry that is not present or has a reserved bit set: only
   * the partial walks that lead to the page, so that the same stale fault does not recur
   * (docs/adr/0003).
   */
  public static Invalidation ofDeliveredWalkFault(long page) {
    return new Invalidation(Row.DELIVER_FAULT, new Scope.WalksTo(page), false);
  }

  /** What a MOV to a control register obliges to forget, if anything. */
  public static Optional<Invalidation> ofControlWrite(
      ControlRegister register, ControlState before, ControlState after) {
    return switch (register) {
      case CR0 -> Optional.empty();
      case CR3 -> Optional.of(new Invalidation(Row.LOAD_ROOT, new Scope.Everywhere(), false));
      case CR4 ->
          before.globalPages() == after.globalPages()
              ? Optional.empty()
              : Optional.of(
                  new Invalidation(Row.TOGGLE_GLOBAL_PAGES, new Scope.Everywhere(), true));
    };
  }
}
