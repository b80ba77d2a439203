package io.vtlb.model.monitor;

import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.event.Event;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.monitor.ProcessorHoldings.Held;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges that what is reachable is admissible: the active entries, and what the processor may still
 * hold.
 *
 * <p>Claims 1, 2, 12, 14, 15, 24 and 28; Intel SDM vol. 3, 4.10.2. Each entry that is not inside
 * the admissible set is blamed on the most specific reason why.
 */
final class ReachableJudge {

  /** What this judge may blame. */
  static final Set<Rule> RULES =
      Set.of(
          Rule.ISOLATE_1,
          Rule.DEVICE_1,
          Rule.TLB_1,
          Rule.TLB_2,
          Rule.TLB_5,
          Rule.TLB_9,
          Rule.PRIV_1,
          Rule.AD_1,
          Rule.AD_2,
          Rule.DERIVE_1,
          Rule.DERIVE_2,
          Rule.DERIVE_3,
          Rule.PROC_1);

  private final ForeignFrames foreign;

  ReachableJudge(ForeignFrames foreign) {
    this.foreign = foreign;
  }

  void judge(Step step, Findings findings) {
    for (PrivilegeSet set : step.vcpu().judgedSets()) {
      List<ActiveEntry> entries = step.after().of(set);
      List<ActiveEntry> known = step.before().of(set);
      for (ActiveEntry entry : entries) {
        Rule broken = brokenBy(step, set, entry);
        if (broken != null) {
          findings.broken(broken, () -> reason(step, set, entry, "the active structure has"));
        }
        if (!known.contains(entry)) {
          countNew(step, set, entry, findings.tally());
        }
      }
    }
    countPrivilegeSets(step, findings.tally());
    judgeProcessor(step, findings);
  }

  private void judgeProcessor(Step step, Findings findings) {
    Set<PrivilegeSet> sets = step.vcpu().judgedSets();
    for (Held held : step.vcpu().processor().all()) {
      if (sets.contains(held.set())
          && !step.after().of(held.set()).contains(held.entry())
          && brokenBy(step, held.set(), held.entry()) != null) {
        findings.broken(
            Rule.PROC_1,
            () -> reason(step, held.set(), held.entry(), "the processor may still hold"));
      }
    }
    boolean obliged = false;
    for (Held held : step.dropped()) {
      if (sets.contains(held.set()) && brokenBy(step, held.set(), held.entry()) != null) {
        obliged = true;
        break;
      }
    }
    findings.tally().count(Rule.PROC_1, obliged);
  }

  /** The rule that an entry breaks, or null if it is admissible. */
  private @Nullable Rule brokenBy(Step step, PrivilegeSet set, ActiveEntry entry) {
    if (entry.pages() > 1 && admissibleWhole(step, set, entry)) {
      return null;
    }
    for (long page = entry.page(); page < entry.page() + entry.pages(); page++) {
      Rule broken = brokenAt(step, set, entry, page);
      if (broken != null) {
        return broken;
      }
    }
    return null;
  }

  private static boolean admissibleWhole(Step step, PrivilegeSet set, ActiveEntry entry) {
    HostMap hostMap = step.machine().hostMap();
    for (Translation translation : step.vcpu().admissible().at(entry.page())) {
      if (translation.page() == entry.page()
          && translation.pages() == entry.pages()
          && hostMap.contiguous(translation.frame(), translation.pages())
          && hostMap.hostFrame(translation.frame()) == entry.hostFrame()
          && grants(step, set, translation, entry)
          && step.vcpu().admissible().holdsWhole(translation)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Rule brokenAt(Step step, PrivilegeSet set, ActiveEntry entry, long page) {
    long hostFrame = entry.hostFrame(page);
    long frame = step.machine().hostMap().guestFrame(hostFrame);
    if (frame == HostMap.NO_FRAME) {
      return foreign.belongsToOther(step.machine().vm(), hostFrame)
          ? Rule.ISOLATE_1
          : leadsToDevice(step, page) ? Rule.DEVICE_1 : Rule.DERIVE_1;
    }
    boolean frameIsRight = false;
    boolean onlyDirtyLacks = false;
    boolean userMayReach = false;
    for (Translation translation : step.vcpu().admissible().at(page)) {
      userMayReach |= translation.rights().user();
      if (translation.frame(page) == frame) {
        frameIsRight = true;
        if (rightsWithin(step, set, translation, entry)) {
          if (!entry.rights().write() || translation.dirty()) {
            return null;
          }
          onlyDirtyLacks = true;
        }
      }
    }
    if (!frameIsRight) {
      return staleOr(step, page, frame, translation -> true, wrongFrame(step, set, entry, page));
    }
    Predicate<Translation> granting = translation -> grants(step, set, translation, entry);
    if (onlyDirtyLacks) {
      return staleOr(
          step, page, frame, granting, isStoreTo(step, page) ? Rule.AD_2 : Rule.DERIVE_3);
    }
    boolean leaked = set == PrivilegeSet.USER && !userMayReach;
    return staleOr(step, page, frame, granting, leaked ? Rule.PRIV_1 : Rule.DERIVE_2);
  }

  private static boolean grants(
      Step step, PrivilegeSet set, Translation translation, ActiveEntry entry) {
    return rightsWithin(step, set, translation, entry)
        && (!entry.rights().write() || translation.dirty());
  }

  private static boolean rightsWithin(
      Step step, PrivilegeSet set, Translation translation, ActiveEntry entry) {
    return entry.rights().within(Permission.resolve(translation.rights(), set, step.control()));
  }

  private static Rule staleOr(
      Step step, long page, long frame, Predicate<Translation> fitting, Rule otherwise) {
    return step.vcpu()
        .dropped()
        .rowThatEnded(page, frame, fitting)
        .map(ReachableJudge::ruleOf)
        .orElse(otherwise);
  }

  /** The rule that asks for what a row of the table of invalidations obliges to. */
  static Rule ruleOf(Invalidation.Row row) {
    return switch (row) {
      case INVALIDATE_PAGE -> Rule.TLB_1;
      case LOAD_ROOT -> Rule.TLB_2;
      case TOGGLE_GLOBAL_PAGES -> Rule.TLB_5;
      case DELIVER_FAULT -> Rule.TLB_9;
    };
  }

  /** A frame that only a walk which overlooks A=0 would reach was installed without setting A. */
  private static Rule wrongFrame(Step step, PrivilegeSet set, ActiveEntry entry, long page) {
    if (reachesOverlookingAccessed(step, set, entry, page, step.vcpu().admissible().root())) {
      return Rule.AD_1;
    }
    for (PartialWalk walk : step.vcpu().admissible().walks()) {
      if (walk.leadsTo(page, step.walker().mode())
          && reachesOverlookingAccessed(step, set, entry, page, walk)) {
        return Rule.AD_1;
      }
    }
    return Rule.DERIVE_1;
  }

  private static boolean reachesOverlookingAccessed(
      Step step, PrivilegeSet set, ActiveEntry entry, long page, PartialWalk start) {
    GuestWalk walk = step.walker().walkFrom(start, step.machine().memory(), step.control(), page);
    return walk.end() instanceof GuestWalk.End.Reached(Translation translation)
        && step.machine().hostMap().hostFrame(translation.frame(page)) == entry.hostFrame(page)
        && rightsWithin(step, set, translation, entry);
  }

  private static boolean leadsToDevice(Step step, long page) {
    for (Translation translation : step.vcpu().admissible().at(page)) {
      if (!step.machine().memory().backed(translation.frame(page))) {
        return true;
      }
    }
    return new GuestMatch(step)
        .translation(page)
        .filter(translation -> !step.machine().memory().backed(translation.frame(page)))
        .isPresent();
  }

  private static boolean isStoreTo(Step step, long page) {
    return step.event() instanceof Event.PageFault fault
        && fault.access().isStore()
        && fault.access().page() == page;
  }

  private void countNew(Step step, PrivilegeSet set, ActiveEntry entry, Tally tally) {
    tally.exercise(Rule.DERIVE_1);
    tally.count(Rule.ISOLATE_1, foreign.severalMachines());
    boolean limited = false;
    boolean clean = false;
    for (Translation translation : step.vcpu().admissible().at(entry.page())) {
      limited |= !Permission.resolve(translation.rights(), set, step.control()).write();
      clean |= !translation.dirty() && translation.rights().writable();
    }
    tally.count(Rule.DERIVE_2, limited);
    tally.count(Rule.DERIVE_3, clean && !isStoreTo(step, entry.page()));
    boolean updated = false;
    for (WatchedMemory.Write write : step.machine().watched().writes()) {
      updated |= !write.emulated();
    }
    tally.count(Rule.AD_1, updated);
    tally.count(Rule.AD_2, updated && entry.rights().write() && isStoreTo(step, entry.page()));
  }

  /**
   * Separate content shows where supervisors hold an entry that user mode may not have, and user
   * mode counts.
   */
  private static void countPrivilegeSets(Step step, Tally tally) {
    if (!step.vcpu().judgedSets().contains(PrivilegeSet.USER)) {
      return;
    }
    for (ActiveEntry entry : step.after().supervisor()) {
      boolean userMayReach = false;
      for (Translation translation : step.vcpu().admissible().at(entry.page())) {
        userMayReach |= translation.rights().user();
      }
      if (!userMayReach) {
        tally.exercise(Rule.PRIV_1);
        return;
      }
    }
    tally.judge(Rule.PRIV_1);
  }

  private static String reason(Step step, PrivilegeSet set, ActiveEntry entry, String who) {
    List<Translation> admissible = step.vcpu().admissible().at(entry.page());
    StringBuilder text = new StringBuilder();
    text.append(step.vcpu().name()).append(' ').append(set).append(": ").append(who).append(' ');
    text.append(entry);
    long frame = step.machine().hostMap().guestFrame(entry.hostFrame());
    text.append(
        frame == HostMap.NO_FRAME
            ? " (no frame of this machine)"
            : " (guest frame 0x" + Long.toHexString(frame) + ")");
    text.append("; admissible for its page: ");
    text.append(admissible.isEmpty() ? "nothing" : admissible.toString());
    return text.toString();
  }
}
