package io.vtlb.model.monitor;

import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.event.Event;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether one entry lies inside the admissible set, and if not, the most specific rule that it
 * breaks.
 *
 * <p>Source: Intel SDM vol. 3, 4.10.2; docs/adr/0004.
 */
final class Admissibility {

  private final ForeignFrames foreign;

  Admissibility(ForeignFrames foreign) {
    this.foreign = foreign;
  }

  /** The rule that an entry breaks, or null if it is admissible. */
  @Nullable Rule brokenBy(Step step, PrivilegeSet set, ActiveEntry entry) {
    long end = entry.page() + entry.pages();
    for (long page = entry.page(); page < end; ) {
      long pages = vouchedFor(step, set, entry, page);
      if (pages == 0) {
        Rule broken = brokenAt(step, set, entry, page);
        if (broken != null) {
          return broken;
        }
        pages = 1;
      }
      page += pages;
    }
    return null;
  }

  /** How many pages of a large entry, from this one on, one translation vouches for; 0 if none. */
  private static long vouchedFor(Step step, PrivilegeSet set, ActiveEntry entry, long page) {
    if (entry.pages() == 1) {
      return 0;
    }
    HostMap hostMap = step.machine().hostMap();
    for (Translation translation : step.vcpu().admissible().at(page)) {
      long both = pagesInBoth(translation, entry, page);
      long frame = translation.frame(page);
      if (both > 1
          && hostMap.contiguous(frame, both)
          && hostMap.hostFrame(frame) == entry.hostFrame(page)
          && !(entry.rights().write() && hostMap.readOnly(frame))
          && grants(step, set, translation, entry)
          && step.vcpu().admissible().holdsWhole(translation)) {
        return both;
      }
    }
    return 0;
  }

  /** How many pages, from this one on, a translation and an entry both map. */
  static long pagesInBoth(Translation translation, ActiveEntry entry, long page) {
    return Math.min(translation.page() + translation.pages(), entry.page() + entry.pages()) - page;
  }

  private @Nullable Rule brokenAt(Step step, PrivilegeSet set, ActiveEntry entry, long page) {
    long hostFrame = entry.hostFrame(page);
    long frame = step.machine().hostMap().guestFrame(hostFrame);
    if (frame == HostMap.NO_FRAME) {
      return foreign.belongsToOther(step.machine().vm(), hostFrame)
          ? Rule.ISOLATE_1
          : step.machine().revoked().includes(hostFrame)
              ? Rule.HOST_1
              : leadsToDevice(step, page) ? Rule.DEVICE_1 : Rule.DERIVE_1;
    }
    boolean frameIsRight = false;
    boolean onlyDirtyLacks = false;
    for (Translation translation : step.vcpu().admissible().at(page)) {
      if (translation.frame(page) == frame) {
        frameIsRight = true;
        if (Grant.covers(step, set, translation, entry)) {
          if (!entry.rights().write() || translation.dirty()) {
            return exceedsHost(step, entry, frame) ? Rule.HOST_2 : null;
          }
          onlyDirtyLacks = true;
        }
      }
    }
    if (!frameIsRight && wasTakenFrom(step, page, hostFrame)) {
      return Rule.HOST_1;
    }
    if (!frameIsRight) {
      return staleOr(step, page, frame, translation -> true, wrongFrame(step, set, entry, page));
    }
    Predicate<Translation> granting = translation -> grants(step, set, translation, entry);
    if (onlyDirtyLacks) {
      return staleOr(
          step, page, frame, granting, isStoreTo(step, page) ? Rule.AD_2 : Rule.DERIVE_3);
    }
    boolean leaked = set == PrivilegeSet.USER && !userMayReach(step.vcpu(), page);
    return staleOr(step, page, frame, granting, leaked ? Rule.PRIV_1 : Rule.DERIVE_2);
  }

  /**
   * True if the host took this frame from behind a guest frame that the page may still lead to. If
   * the guest itself leads elsewhere now, the entry is stale for that reason.
   */
  private static boolean wasTakenFrom(Step step, long page, long hostFrame) {
    RevokedFrames revoked = step.machine().revoked();
    for (Translation translation : step.vcpu().admissible().at(page)) {
      if (revoked.stoodBehind(translation.frame(page), hostFrame)) {
        return true;
      }
    }
    return false;
  }

  private static boolean exceedsHost(Step step, ActiveEntry entry, long frame) {
    return entry.rights().write() && step.machine().hostMap().readOnly(frame);
  }

  private static boolean grants(
      Step step, PrivilegeSet set, Translation translation, ActiveEntry entry) {
    return Grant.covers(step, set, translation, entry)
        && (!entry.rights().write() || translation.dirty());
  }

  private static Rule staleOr(
      Step step, long page, long frame, Predicate<Translation> fitting, Rule otherwise) {
    return step.vcpu()
        .dropped()
        .rowThatEnded(page, frame, fitting)
        .map(Admissibility::ruleOf)
        .orElse(otherwise);
  }

  /** The rule that asks for what a row of the table of invalidations obliges to. */
  static Rule ruleOf(Invalidation.Row row) {
    return switch (row) {
      case INVALIDATE_PAGE -> Rule.TLB_1;
      case LOAD_ROOT -> Rule.TLB_2;
      case LOAD_CONTEXT -> Rule.TLB_3;
      case KEEP_CONTEXT -> Rule.TLB_4;
      case TOGGLE_GLOBAL_PAGES -> Rule.TLB_5;
      case CHANGE_PROTECTION -> Rule.TLB_6;
      case TOGGLE_PAGING -> Rule.TLB_7;
      case INVALIDATE_CONTEXT -> Rule.TLB_8;
      case DELIVER_FAULT -> Rule.TLB_9;
    };
  }

  /** A frame that only a walk which overlooks A=0 would reach was installed without setting A. */
  private static Rule wrongFrame(Step step, PrivilegeSet set, ActiveEntry entry, long page) {
    if (step.mode().canonicalPage(page) != page) {
      return Rule.DERIVE_1;
    }
    if (reachesOverlookingAccessed(step, set, entry, page, step.vcpu().admissible().root())) {
      return Rule.AD_1;
    }
    for (PartialWalk walk : step.vcpu().admissible().walks()) {
      if (walk.leadsTo(page, step.mode())
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
        && Grant.covers(step, set, translation, entry);
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

  static boolean isStoreTo(Step step, long page) {
    return step.event() instanceof Event.PageFault fault
        && fault.access().isStore()
        && fault.access().page() == page;
  }

  /** True if user mode may reach a page by some translation that may be held. */
  static boolean userMayReach(MonitoredVcpu vcpu, long page) {
    for (Translation translation : vcpu.admissible().at(page)) {
      if (translation.rights().user()) {
        return true;
      }
    }
    return false;
  }
}
