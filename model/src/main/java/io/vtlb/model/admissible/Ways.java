package io.vtlb.model.admissible;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import java.util.ArrayList;
import java.util.List;

/**
 * Every admissible way of one access at one moment: if all permit, it must complete; if all deny,
 * it must fault; otherwise either is right.
 *
 * <p>Source: Intel SDM vol. 3, 4.6 (permission), 4.8 (a store through D=0 walks again) and 4.10.4.3
 * (faults from stale translations).
 *
 * @param access the access
 * @param ways its ways; never empty, since there is always the walk from the root
 */
public record Ways(Access access, List<Way> ways) {

  /** Finds the ways of an access. */
  public static Ways of(
      Access access, AdmissibleTranslations admissible, Walker walker, GuestPhysicalMemory memory) {
    List<Way> ways = new ArrayList<>(4);
    ControlState control = admissible.control();
    admissible.forEach(
        access.page(), translation -> addCached(translation, access, control, walker, ways));
    add(Way.Origin.WALK, walker.walk(memory, control, access.page()), access, control, ways);
    for (PartialWalk walk : admissible.walks()) {
      if (walk.leadsTo(access.page(), admissible.mode())) {
        GuestWalk rest = walker.walkFrom(walk, memory, control, access.page());
        add(Way.Origin.CACHED_WALK, rest, access, control, ways);
      }
    }
    return new Ways(access, ways);
  }

  private static void addCached(
      Translation translation, Access access, ControlState control, Walker walker, List<Way> ways) {
    if (!Permission.permits(translation, access, control)) {
      if (walker.profile().spuriousFaults()) {
        ways.add(new Way.Faults(Way.Origin.TLB, Permission.denied(translation, access, control)));
      }
    } else if (!access.isStore() || translation.dirty()) {
      ways.add(new Way.Completes(Way.Origin.TLB, translation));
    }
  }

  private static void add(
      Way.Origin origin, GuestWalk walk, Access access, ControlState control, List<Way> ways) {
    ways.add(
        switch (walk.end()) {
          case GuestWalk.End.NotPresent() ->
              new Way.Faults(origin, Permission.notPresent(access, control));
          case GuestWalk.End.Reserved() ->
              new Way.Faults(origin, Permission.reserved(access, control));
          case GuestWalk.End.Reached(Translation translation) ->
              Permission.permits(translation, access, control)
                  ? new Way.Completes(origin, translation)
                  : new Way.Faults(origin, Permission.denied(translation, access, control));
        });
  }

  /** True if no way faults. */
  public boolean allPermit() {
    for (Way way : ways) {
      if (way instanceof Way.Faults) {
        return false;
      }
    }
    return true;
  }

  /** True if no way completes. */
  public boolean allDeny() {
    for (Way way : ways) {
      if (way instanceof Way.Completes) {
        return false;
      }
    }
    return true;
  }

  /** True if some way faults with this code. */
  public boolean mayFault(FaultCode code) {
    for (Way way : ways) {
      if (way instanceof Way.Faults faults && faults.code().equals(code)) {
        return true;
      }
    }
    return false;
  }

  /** The guest frames that the access may reach, without repetition. */
  public List<Long> frames() {
    List<Long> frames = new ArrayList<>(2);
    for (Way way : ways) {
      if (way instanceof Way.Completes completes) {
        long frame = completes.translation().frame(access.page());
        if (!frames.contains(frame)) {
          frames.add(frame);
        }
      }
    }
    return frames;
  }
}
