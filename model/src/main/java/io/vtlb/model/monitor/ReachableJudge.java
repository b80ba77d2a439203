package io.vtlb.model.monitor;

import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.monitor.ProcessorHoldings.Held;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import java.util.List;
import java.util.Set;

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
          Rule.TLB_3,
          Rule.TLB_4,
          Rule.TLB_5,
          Rule.TLB_6,
          Rule.TLB_7,
          Rule.TLB_8,
          Rule.TLB_9,
          Rule.PRIV_1,
          Rule.AD_1,
          Rule.AD_2,
          Rule.DERIVE_1,
          Rule.DERIVE_2,
          Rule.DERIVE_3,
          Rule.PROC_1);

  private static final AccessRights ALL_RIGHTS = new AccessRights(true, true, true);

  private final ForeignFrames foreign;
  private final Admissibility admissibility;

  ReachableJudge(ForeignFrames foreign, Admissibility admissibility) {
    this.foreign = foreign;
    this.admissibility = admissibility;
  }

  @SuppressWarnings("ReferenceEquality") // the same list is the cheap sign of the same content
  void judge(Step step, Findings findings) {
    boolean settled = step.vcpu().isSettled();
    boolean allAdmissible = true;
    for (PrivilegeSet set : step.vcpu().judgedSets()) {
      List<ActiveEntry> entries = step.after().of(set);
      List<ActiveEntry> known = step.before().of(set);
      if (settled && entries == known) {
        continue;
      }
      for (ActiveEntry entry : entries) {
        boolean isKnown = known.contains(entry);
        Rule broken = settled && isKnown ? null : admissibility.brokenBy(step, set, entry);
        if (broken != null) {
          allAdmissible = false;
          findings.broken(broken, () -> reason(step, set, entry, "the active structure has"));
        }
        if (!isKnown) {
          countNew(step, set, entry, findings.tally());
        }
      }
    }
    countPrivilegeSets(step, findings.tally());
    if (!settled) {
      allAdmissible &= judgeProcessor(step, findings);
    }
    findings.tally().count(Rule.PROC_1, !settled && wasObliged(step));
    if (allAdmissible) {
      step.vcpu().settle();
    } else {
      step.vcpu().unsettle();
    }
  }

  /** Judges one entry that is used now. */
  void judgeEntry(Step step, PrivilegeSet set, ActiveEntry entry, Findings findings) {
    Rule broken = admissibility.brokenBy(step, set, entry);
    if (broken != null) {
      findings.broken(broken, () -> reason(step, set, entry, "the active structure has"));
    }
  }

  private boolean judgeProcessor(Step step, Findings findings) {
    boolean allAdmissible = true;
    Set<PrivilegeSet> sets = step.vcpu().judgedSets();
    for (Held held : step.vcpu().processor().all()) {
      if (sets.contains(held.set())
          && !step.after().of(held.set()).contains(held.entry())
          && admissibility.brokenBy(step, held.set(), held.entry()) != null) {
        allAdmissible = false;
        findings.broken(
            Rule.PROC_1,
            () -> reason(step, held.set(), held.entry(), "the processor may still hold"));
      }
    }
    return allAdmissible;
  }

  /** True if the processor dropped, at the target's request, what it could not have kept. */
  private boolean wasObliged(Step step) {
    Set<PrivilegeSet> sets = step.vcpu().judgedSets();
    for (Held held : step.dropped()) {
      if (sets.contains(held.set())
          && admissibility.brokenBy(step, held.set(), held.entry()) != null) {
        return true;
      }
    }
    return false;
  }

  private void countNew(Step step, PrivilegeSet set, ActiveEntry entry, Tally tally) {
    tally.exercise(Rule.DERIVE_1);
    tally.count(Rule.ISOLATE_1, foreign.severalMachines());
    boolean withheld = true;
    boolean clean = false;
    for (Translation translation : step.vcpu().admissible().at(entry.page())) {
      withheld &= !ALL_RIGHTS.within(Permission.resolve(translation.rights(), set, step.control()));
      clean |= !translation.dirty() && translation.rights().writable();
    }
    tally.count(Rule.DERIVE_2, withheld);
    tally.count(Rule.DERIVE_3, clean && !Admissibility.isStoreTo(step, entry.page()));
  }

  /**
   * Separate content shows where supervisors hold an entry that user mode may not have, and user
   * mode counts.
   */
  private static void countPrivilegeSets(Step step, Tally tally) {
    if (step.vcpu().judgedSets().contains(PrivilegeSet.USER)) {
      boolean shows = false;
      for (ActiveEntry entry : step.after().supervisor()) {
        shows |= !Admissibility.userMayReach(step.vcpu(), entry.page());
      }
      tally.count(Rule.PRIV_1, shows);
    }
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
