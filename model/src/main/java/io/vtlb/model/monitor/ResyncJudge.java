package io.vtlb.model.monitor;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Level;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import java.util.Optional;
import java.util.Set;

/** Judges what a target reports to have resynchronised (claims 5, 6, 18, 19, 29 and 30). */
final class ResyncJudge {

  /** What this judge may blame. */
  static final Set<Rule> RULES = Set.of(Rule.PARTIAL_1, Rule.PARTIAL_2, Rule.FULL_1, Rule.FULL_2);

  private final boolean strict;

  /**
   * @param strict true if the target declares no prefetch, sharing or recycling
   */
  ResyncJudge(boolean strict) {
    this.strict = strict;
  }

  void judge(Step step, Findings findings) {
    Optional<Report> report = step.response().report();
    if (report.isEmpty()) {
      return;
    }
    switch (report.get().resync()) {
      case NONE, FLUSH -> {}
      case PARTIAL -> judgePartial(step, findings);
      case FULL -> judgeFull(step, findings);
    }
  }

  private void judgePartial(Step step, Findings findings) {
    switch (step.event()) {
      case Event.PageFault fault -> {
        judgeResolvedAccess(step, fault.access(), findings);
        judgeElsewhere(step, fault.access().page(), findings);
      }
      case Event.InvalidatePage invalidate -> {
        long page = invalidate.address() >>> PageSize.BASE_SHIFT;
        findings.tally().count(Rule.PARTIAL_1, hadEntry(step, page));
        judgeMatch(step, page, findings);
        judgeElsewhere(step, page, findings);
      }
      case Event.ControlWrite write -> {}
      case Event.PrivilegeChange change -> {}
    }
  }

  private static boolean hadEntry(Step step, long page) {
    for (PrivilegeSet set : step.vcpu().judgedSets()) {
      if (step.before().at(set, page).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static void judgeResolvedAccess(Step step, Access access, Findings findings) {
    findings.tally().exercise(Rule.PARTIAL_1);
    judgeMatch(step, access.page(), findings);
    if (step.response().action() instanceof Action.Resume
        && step.after()
            .at(access.set(), access.page())
            .filter(entry -> entry.rights().allow(access.kind()))
            .isEmpty()) {
      findings.broken(
          Rule.PARTIAL_1,
          () ->
              step.vcpu().name()
                  + ": after the partial resync "
                  + access
                  + " is still not permitted; its entry: "
                  + step.after().at(access.set(), access.page()));
    }
  }

  private static void judgeMatch(Step step, long page, Findings findings) {
    GuestMatch guest = new GuestMatch(step);
    for (PrivilegeSet set : step.vcpu().judgedSets()) {
      step.after()
          .at(set, page)
          .filter(entry -> !guest.matchesByAnyWalk(set, entry))
          .ifPresent(entry ->
              findings.broken(
                  Rule.PARTIAL_1,
                  () ->
                      "after the partial resync %s %s does not match the guest's %s"
                          .formatted(set, entry, guest.translation(page))));
    }
  }

  /**
   * Elsewhere is where neither the event's page lies nor, for drops, any page below the same entry
   * of the root table: a structure of tables loses them together. A write right may be withheld
   * anywhere.
   */
  private void judgeElsewhere(Step step, long page, Findings findings) {
    GuestMatch guest = new GuestMatch(step);
    Level largest = step.walker().mode().levels().getFirst();
    boolean regionConcerned = concernsLargePage(step, guest, page);
    boolean elsewhere = false;
    for (PrivilegeSet set : PrivilegeSet.values()) {
      for (ActiveEntry entry : step.after().of(set)) {
        if (!isAssociated(entry, page, regionConcerned, largest)
            && !step.before().includes(set, entry)
            && (strict || !guest.matchesByAnyWalk(set, entry))) {
          findings.broken(
              Rule.PARTIAL_2,
              () -> "a partial resync for page 0x%x changed %s".formatted(page, entry));
        }
      }
      for (ActiveEntry entry : step.before().of(set)) {
        if (!isAssociated(entry, page, true, largest)) {
          elsewhere = true;
          if (strict && !step.after().includes(set, withoutWrite(entry))) {
            findings.broken(
                Rule.PARTIAL_2,
                () -> "a partial resync for page 0x%x dropped %s".formatted(page, entry));
          }
        }
      }
    }
    findings.tally().count(Rule.PARTIAL_2, elsewhere);
  }

  private static ActiveEntry withoutWrite(ActiveEntry entry) {
    AccessRights rights = entry.rights();
    return new ActiveEntry(
        entry.page(),
        entry.pages(),
        entry.hostFrame(),
        new AccessRights(rights.read(), false, rights.execute()));
  }

  private static boolean isAssociated(
      ActiveEntry entry, long page, boolean regionConcerned, Level largest) {
    return entry.covers(page)
        || (regionConcerned && largest.firstPage(entry.page()) == largest.firstPage(page));
  }

  /**
   * True if the event's page is, or was, part of a large page, whose fragments then belong
   * together.
   */
  private static boolean concernsLargePage(Step step, GuestMatch guest, long page) {
    if (guest.translation(page).filter(translation -> translation.pages() > 1).isPresent()) {
      return true;
    }
    if (step.vcpu().admissible().mayHoldFragmentsAround(page)) {
      return true;
    }
    for (PrivilegeSet set : PrivilegeSet.values()) {
      if (step.before().at(set, page).filter(entry -> entry.pages() > 1).isPresent()) {
        return true;
      }
    }
    return step.vcpu().dropped().holdsLargePage(page);
  }

  private void judgeFull(Step step, Findings findings) {
    GuestMatch guest = new GuestMatch(step);
    boolean hadMismatch = false;
    boolean hadMatch = false;
    boolean sameRoot = keepsRoot(step);
    for (PrivilegeSet set : step.vcpu().judgedSets()) {
      for (ActiveEntry entry : step.after().of(set)) {
        if (!guest.matches(set, entry)) {
          findings.broken(
              Rule.FULL_1,
              () ->
                  "after the full resync %s %s does not match the guest's %s"
                      .formatted(set, entry, guest.translation(entry.page())));
        }
      }
      for (ActiveEntry entry : step.before().of(set)) {
        boolean matched = guest.matches(set, entry);
        hadMismatch |= !matched;
        if (strict && sameRoot && matched && mayStay(step, entry)) {
          hadMatch = true;
          if (!step.after().includes(set, entry)) {
            findings.broken(
                Rule.FULL_2,
                () ->
                    "the full resync removed or narrowed %s %s, which matched"
                        .formatted(set, entry));
          }
        }
      }
    }
    findings.tally().count(Rule.FULL_1, hadMismatch);
    findings.tally().count(Rule.FULL_2, hadMatch);
  }

  /**
   * With another root, another structure may be shown; what the old one held is not removed by
   * that.
   */
  private static boolean keepsRoot(Step step) {
    return !(step.event() instanceof Event.ControlWrite write)
        || step.walker().mode().format().rootFrame(write.before())
            == step.walker().mode().format().rootFrame(write.after());
  }

  /**
   * A matching entry may have to go all the same, where the guest has cleared an accessed or dirty
   * bit.
   */
  private static boolean mayStay(Step step, ActiveEntry entry) {
    GuestWalk walk = step.walker().walk(step.machine().memory(), step.control(), entry.page());
    for (GuestWalk.Step read : walk.steps()) {
      if ((read.entry() & EntryBits.ACCESSED) == 0) {
        return false;
      }
    }
    return !entry.rights().write() || (walk.last().entry() & EntryBits.DIRTY) != 0;
  }
}
