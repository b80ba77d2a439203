package io.vtlb.conformance.recording;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.WalkRights;
import io.vtlb.model.paging.Walker;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Checks the leaves of the active structure that the hypervisor sets while it answers a page fault:
 * the guest frame is the one that the walk leads to, and the rights are no more than the walk
 * grants (rules DERIVE-1 to DERIVE-3).
 *
 * <p>After the leaf that was asked for, KVM may fill its neighbours. Their guest entries are not
 * recorded, but where the guest maps them by the same large leaf everything is known, and elsewhere
 * the entries above are, which bound their rights.
 */
final class ActiveEntryChecks {

  private static final String OUTSIDE =
      "set outside a page-fault event (after INVLPG or a store): its guest entry is not recorded";
  private static final String NO_WALK = "no guest walk before it: no paging, or a device mark";
  private static final String OTHER_TABLE = "set in another active table than the walk's leaf";

  private static final String WRITE_PROTECT_OFF =
      "leafRights: CR0.WP=0, and a user page made a writable supervisor page: no more than the walk"
          + " grants, because user mode then has no access at all";
  private static final String AC_IGNORED =
      "leafRights: no more than the walk grants with its EFLAGS.AC=1, but more than SMAP grants once AC"
          + " is cleared: the same CR0.WP=0 mapping hides that the page is a user page";

  /** Entries of an active table are eight bytes, and 512 make a table. */
  private static final int ENTRY_SHIFT = 3;

  private static final int INDEX_BITS = 9;

  private final Tally tally;
  private final Walker walker;
  private boolean inEvent;
  private @Nullable WalkVerdict walk;
  private RecordedFact.@Nullable EntrySet leaf;

  /**
   * @param profile the processor that the guest saw
   */
  ActiveEntryChecks(Tally tally, Profile profile) {
    this.tally = tally;
    this.walker = new Walker(profile);
  }

  /** A page-fault event begins. */
  void onEvent() {
    inEvent = true;
    walk = null;
    leaf = null;
  }

  /** A page-fault event was answered. */
  void onAnswer() {
    inEvent = false;
  }

  /** The guest stopped, or an instruction of its is executed for it: earlier walks are over. */
  void onBreak() {
    inEvent = false;
    walk = null;
    leaf = null;
  }

  void on(WalkVerdict verdict) {
    walk = verdict;
    leaf = null;
  }

  void on(RecordedFact.EntryRequest request) {
    compareFrame("spte_req", request.line(), request.frame());
  }

  void on(RecordedFact.DeviceMark mark) {
    if (inEvent) {
      compareFrame("mmio_spte", mark.line(), mark.frame());
    } else {
      tally.skip("mmio_spte", OUTSIDE);
    }
  }

  void on(RecordedFact.EmulatedStore store) {
    compareFrame("pte_write", store.line(), store.physicalAddress() >>> PageSize.BASE_SHIFT);
  }

  private void compareFrame(String kind, long line, long frame) {
    switch (walk) {
      case null -> tally.skip(kind, NO_WALK);
      case WalkVerdict.Skipped skipped -> tally.skip(kind, skipped.reason());
      case JudgedWalk judged -> {
        tally.checked(kind);
        judged.compareFrame(tally, line, frame);
      }
    }
  }

  void on(RecordedFact.EntrySet set) {
    if (!inEvent) {
      tally.skip("spte_set", OUTSIDE);
      return;
    }
    switch (walk) {
      case null -> tally.skip("spte_set", NO_WALK);
      case WalkVerdict.Skipped skipped -> tally.skip("spte_set", skipped.reason());
      case JudgedWalk judged -> {
        if (leaf == null) {
          leaf = set;
          checkLeaf(judged, set);
        } else {
          checkNeighbour(judged, leaf, set);
        }
      }
    }
  }

  private void checkLeaf(JudgedWalk judged, RecordedFact.EntrySet set) {
    tally.checked("spte_set");
    judged.compareFrame(tally, set.line(), set.frame() + (judged.page() & (pages(set) - 1)));
    if (pages(set) > 1) {
      judged.compareFrames(tally, set.line(), set.frame(), pages(set));
    }
    judged
        .prediction()
        .translation()
        .ifPresent(translation -> compareLeafRights(judged, translation, set));
  }

  /** How many base pages an active leaf maps. */
  private static long pages(RecordedFact.EntrySet set) {
    return 1L << (INDEX_BITS * (set.level() - 1));
  }

  private void compareLeafRights(
      JudgedWalk judged, Translation translation, RecordedFact.EntrySet set) {
    ActiveRights given = ActiveRights.ofLeaf(set.entry(), judged.control());
    boolean within =
        compareRights(CheckKind.LEAF_RIGHTS, judged, set, given, limit(judged, translation));
    if (within && overridesReadOnly(judged) && given.supervisor().write()) {
      tally.remark(WRITE_PROTECT_OFF);
    }
  }

  /** True if the guest's page is read-only, which does not bind a supervisor with CR0.WP=0. */
  private static boolean overridesReadOnly(JudgedWalk judged) {
    return !judged.control().writeProtect()
        && judged
            .prediction()
            .translation()
            .filter(translation -> !translation.rights().writable())
            .isPresent();
  }

  private static ActiveRights limit(JudgedWalk judged, Translation translation) {
    ActiveRights granted = ActiveRights.ofGuest(translation.rights(), judged.control());
    return judged.dirtyAfterwards() ? granted : granted.withoutStores();
  }

  private boolean compareRights(
      CheckKind check,
      JudgedWalk judged,
      RecordedFact.EntrySet set,
      ActiveRights given,
      ActiveRights limit) {
    boolean exact = given.within(limit);
    boolean within =
        exact || (overridesReadOnly(judged) && given.within(limit.withSmapSuspended()));
    tally.compare(
        check,
        set.line(),
        within,
        () -> "entry 0x%x grants %s".formatted(set.entry(), given),
        () -> "at most " + limit);
    if (within && !exact) {
      tally.remark(AC_IGNORED);
    }
    return within;
  }

  private void checkNeighbour(
      JudgedWalk judged, RecordedFact.EntrySet first, RecordedFact.EntrySet set) {
    if (set.level() != 1
        || first.level() != 1
        || set.at() >>> PageSize.BASE_SHIFT != first.at() >>> PageSize.BASE_SHIFT) {
      tally.skip("spte_set", OTHER_TABLE);
      return;
    }
    tally.checked("spte_set");
    long page = judged.page() + ((set.at() - first.at()) >> ENTRY_SHIFT);
    OptionalLong frame = judged.frame(page);
    ActiveRights limit = ActiveRights.below(rightsAbove(judged), judged.control());
    if (frame.isPresent()) {
      tally.compare(
          CheckKind.FRAME,
          set.line(),
          set.frame() == frame.getAsLong(),
          () -> "guest frame 0x%x for page 0x%x".formatted(set.frame(), page),
          () -> "guest frame 0x%x".formatted(frame.getAsLong()));
      limit =
          judged
              .prediction()
              .translation()
              .map(translation -> limit(judged, translation))
              .orElse(limit);
    }
    ActiveRights given = ActiveRights.ofLeaf(set.entry(), judged.control());
    compareRights(CheckKind.PREFETCHED_RIGHTS, judged, set, given, limit);
  }

  /** The rights of a walk without its last entry. */
  private WalkRights rightsAbove(JudgedWalk judged) {
    List<GuestWalk.Step> steps = judged.prediction().walk().steps();
    PartialWalk reached = PartialWalk.root(judged.mode(), judged.control());
    for (GuestWalk.Step step : steps.subList(0, steps.size() - 1)) {
      reached = walker.table(reached, step.entry(), judged.mode(), judged.page());
    }
    return reached.rights();
  }
}
