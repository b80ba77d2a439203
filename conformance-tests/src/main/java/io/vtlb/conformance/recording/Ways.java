package io.vtlb.conformance.recording;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The admissible ways of an access, when each entry on the way may be read as it is now or as it
 * was at any time since the last flush.
 *
 * <p>An older entry can only have been kept by a TLB or a paging-structure cache, so it must have
 * been present, valid and accessed (Intel SDM vol. 3, 4.10.2 and 4.10.3). If the leaf is an older
 * one, a complete translation was kept: nothing in memory is set, and a store needs its D bit, or
 * walks again. Older entries are combined freely, which admits a little more than their order in
 * time does.
 */
final class Ways {

  private Ways() {}

  /**
   * One way.
   *
   * @param code the fault it ends in; empty if it completes
   * @param updates the bits that it sets in memory
   * @param current every entry is read as it is now
   */
  record Way(Optional<FaultCode> code, Set<BitUpdate> updates, boolean current) {}

  static List<Way> of(
      AccessModel model, Access access, ControlState control, EntryVersions versions, long page) {
    List<Way> ways = new ArrayList<>();
    VersionChoice choice = new VersionChoice(versions, page);
    do {
      choice.restart();
      Prediction prediction = model.predict(access, control, choice);
      if (choice.known() && admissible(prediction, access, choice)) {
        ways.add(way(prediction, choice));
      }
    } while (choice.advance());
    return ways;
  }

  private static boolean admissible(Prediction prediction, Access access, VersionChoice choice) {
    List<GuestWalk.Step> steps = prediction.walk().steps();
    int last = steps.size() - 1;
    if (!choice.old(last)) {
      return true;
    }
    return prediction.translation().isPresent()
        && (prediction.code().isPresent()
            || !access.isStore()
            || (steps.get(last).entry() & EntryBits.DIRTY) != 0);
  }

  private static Way way(Prediction prediction, VersionChoice choice) {
    Set<BitUpdate> updates = new HashSet<>();
    if (!choice.old(prediction.walk().steps().size() - 1)) {
      updates.addAll(prediction.updates());
    }
    return new Way(prediction.code(), updates, !choice.anyOld());
  }

  /** The ways of a second access that follows a first one, if that completes. */
  static List<Way> sequence(List<Way> first, List<Way> second) {
    List<Way> both = new ArrayList<>();
    for (Way before : first) {
      if (before.code().isPresent()) {
        both.add(before);
        continue;
      }
      for (Way after : second) {
        Set<BitUpdate> updates = new HashSet<>(before.updates());
        updates.addAll(after.updates());
        both.add(new Way(after.code(), updates, before.current() && after.current()));
      }
    }
    return both;
  }
}
