package io.vtlb.model.monitor;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import java.util.Optional;
import java.util.Set;

/**
 * Judges what a target reports to have resynchronised (claims 5, 6, 18, 19, 29 and 30); not where
 * what it was to match changed meanwhile.
 */
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
    if (report.isEmpty() || step.interrupted()) {
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
        long page = step.mode().canonicalPage(PageSize.page(invalidate.address()));
        findings.tally().count(Rule.PARTIAL_1, hadEntry(step, page));
        judgeMatch(step, page, findings);
        judgeElsewhere(step, page, findings);
      }
      case Event.InvalidatePcid invalidate -> judgeInvalidated(step, invalidate, findings);
      case Event.ControlWrite write -> {}
      case Event.PrivilegeChange change -> {}
    }
  }

  /** An INVPCID for one page under the current PCID concerns that page, as INVLPG does. */
  private void judgeInvalidated(Step step, Event.InvalidatePcid invalidate, Findings findings) {
    if (invalidate.type() == InvalidationType.ADDRESS
        && invalidate.pcid() == step.control().pcid()) {
      long page = PageSize.page(invalidate.address());
      findings.tally().count(Rule.PARTIAL_1, hadEntry(step, page));
      judgeMatch(step, page, findings);
      judgeElsewhere(step, page, findings);
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
            .filter(entry -> entry.permits(access, step.control()))
            .isEmpty()) {
      findings.broken(
          Rule.PARTIAL_1,
          () ->
              step.vcpu().name()
                  + ": after the partial resync "
                  + access
                  + " is still not permitted; its entry: "
                  + words(step.after().at(access.set(), access.page())));
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
                      "after the partial resync %s %s does not match the guest's: %s"
                          .formatted(set, entry, words(guest.translation(page)))));
    }
  }

  private static String words(Optional<?> found) {
    return found.map(Object::toString).orElse("nothing");
  }

  /**
   * Elsewhere is where neither the event's page lies nor, for drops, any page in the same run of
   * the largest page of the mode: a structure of tables loses them together (docs/adr/0007). A
   * write right may be withheld anywhere.
   */
  private void judgeElsewhere(Step step, long page, Findings findings) {
    GuestMatch guest = new GuestMatch(step);
    long region = step.mode().region();
    boolean regionConcerned = concernsLargePage(step, guest, page);
    boolean elsewhere = false;
    for (PrivilegeSet set : PrivilegeSet.values()) {
      for (ActiveEntry entry : step.after().of(set)) {
        if (!isAssociated(entry, page, regionConcerned, region)
            && !step.before().includes(set, entry)
            && (strict || !guest.matchesByAnyWalk(set, entry))) {
          findings.broken(
              Rule.PARTIAL_2,
              () -> "a partial resync for page 0x%x changed %s".formatted(page, entry));
        }
      }
      for (ActiveEntry entry : step.before().of(set)) {
        if (!isAssociated(entry, page, true, region)) {
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
        new AccessRights(rights.read(), false, rights.execute()),
        entry.key());
  }

  private static boolean isAssociated(
      ActiveEntry entry, long page, boolean regionConcerned, long region) {
    return entry.covers(page) || (regionConcerned && (entry.page() & -region) == (page & -region));
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
    for (PrivilegeSet set : step.vcpu().judgedSets()) {
      for (ActiveEntry entry : step.after().of(set)) {
        if (!guest.matches(set, entry)) {
          findings.broken(
              Rule.FULL_1,
              () ->
                  "after the full resync %s %s does not match the guest's: %s"
                      .formatted(set, entry, words(guest.translation(entry.page()))));
        }
      }
      for (ActiveEntry entry : step.before().of(set)) {
        boolean matched = guest.matches(set, entry);
        hadMismatch |= !matched;
        if (strict && step.keepsStructures() && matched && mayStay(step, entry)) {
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
   * A matching entry may have to go all the same, where the guest has cleared an accessed or dirty
   * bit.
   */
  private static boolean mayStay(Step step, ActiveEntry entry) {
    GuestWalk walk = step.walker().walk(step.machine().memory(), step.control(), entry.page());
    for (GuestWalk.Step read : walk.steps()) {
      if (read.level().inMemory() && (read.entry() & EntryBits.ACCESSED) == 0) {
        return false;
      }
    }
    return !entry.rights().write()
        || (walk.end() instanceof GuestWalk.End.Reached(Translation translation)
            && translation.dirty());
  }
}
