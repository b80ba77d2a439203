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
        access.page(), translation -> addCached(translation, access, admissible, walker, ways));
    add(Way.Origin.WALK, walker.walk(memory, control, access.page()), access, control, ways);
    for (PartialWalk walk : admissible.walks()) {
      if (walk.leadsTo(access.page(), admissible.mode())) {
        GuestWalk rest = walker.walkFrom(walk, memory, control, access.page());
        addCachedWalk(rest, access, control, walker, ways);
      }
    }
    return new Ways(access, ways);
  }

  private static void addCached(
      Translation translation,
      Access access,
      AdmissibleTranslations admissible,
      Walker walker,
      List<Way> ways) {
    ControlState control = admissible.control();
    if (!Permission.permits(translation, access, control)) {
      if (walker.profile().spuriousFaults() && admissible.mayDeny(translation, access.page())) {
        ways.add(new Way.Faults(Way.Origin.TLB, Permission.denied(translation, access, control)));
      }
    } else if (!access.isStore() || translation.dirty()) {
      ways.add(new Way.Completes(Way.Origin.TLB, translation));
    }
  }

  /**
   * A fault of a walk that starts at a cached partial walk is spurious if no walk from the root
   * faults.
   */
  private static void addCachedWalk(
      GuestWalk walk, Access access, ControlState control, Walker walker, List<Way> ways) {
    Way way = of(Way.Origin.CACHED_WALK, walk, access, control);
    if (way instanceof Way.Completes
        || walker.profile().spuriousFaults()
        || walkFromRootFaults(ways)) {
      ways.add(way);
    }
  }

  private static boolean walkFromRootFaults(List<Way> ways) {
    for (Way way : ways) {
      if (way instanceof Way.Faults && way.origin() == Way.Origin.WALK) {
        return true;
      }
    }
    return false;
  }

  private static void add(
      Way.Origin origin, GuestWalk walk, Access access, ControlState control, List<Way> ways) {
    ways.add(of(origin, walk, access, control));
  }

  private static Way of(Way.Origin origin, GuestWalk walk, Access access, ControlState control) {
    return switch (walk.end()) {
      case GuestWalk.End.NotPresent() ->
          new Way.Faults(origin, Permission.notPresent(access, control));
      case GuestWalk.End.Reserved() -> new Way.Faults(origin, Permission.reserved(access, control));
      case GuestWalk.End.Reached(Translation translation) ->
          Permission.permits(translation, access, control)
              ? new Way.Completes(origin, translation)
              : new Way.Faults(origin, Permission.denied(translation, access, control));
    };
  }

  /** These ways and those of one more walk. */
  Ways or(Way.Origin origin, GuestWalk walk, ControlState control) {
    List<Way> all = new ArrayList<>(ways);
    add(origin, walk, access, control, all);
    return new Ways(access, all);
  }

  /** These ways and those of one more walk that began at a cached partial walk. */
  Ways orCached(GuestWalk walk, ControlState control, Walker walker) {
    List<Way> all = new ArrayList<>(ways);
    addCachedWalk(walk, access, control, walker, all);
    return new Ways(access, all);
  }

  /** The ways of the same access at two moments, either of which may have been its own. */
  public Ways or(Ways other) {
    List<Way> all = new ArrayList<>(ways);
    for (Way way : other.ways) {
      if (!all.contains(way)) {
        all.add(way);
      }
    }
    return new Ways(access, all);
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
