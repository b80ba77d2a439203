package io.vtlb.conformance.generate;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.EnumSet;
import java.util.Set;

/** A processor offers a guest nothing that the target does not serve. */
public final class LimitedProcessor {

  private LimitedProcessor() {}

  /** What no processor may offer, given what a target serves and declares. */
  static Set<Capability> withheld(Set<Paging> served, Set<Feature> features) {
    Set<Capability> withheld = EnumSet.noneOf(Capability.class);
    if (!served.contains(Paging.FIVE_LEVEL)) {
      withheld.add(Capability.FIVE_LEVELS);
      if (!served.contains(Paging.FOUR_LEVEL)) {
        withheld.add(Capability.LONG_MODE);
      }
    }
    if (!features.contains(Feature.PCID)) {
      withheld.add(Capability.PCID);
      withheld.add(Capability.INVPCID);
    }
    return withheld;
  }

  /** The same sequence on such a processor; the sequence itself must not need more. */
  public static Sequence of(Sequence sequence, Description target) {
    World world = sequence.world();
    Profile profile = world.profile();
    Set<Capability> offered = EnumSet.noneOf(Capability.class);
    offered.addAll(profile.capabilities());
    return offered.removeAll(withheld(target.modes(), target.features()))
        ? new Sequence(
            new World(
                world.mode(),
                new Profile(
                    profile.name(),
                    profile.vendor(),
                    profile.physicalAddressBits(),
                    offered,
                    profile.spuriousFaults()),
                world.caching(),
                world.machines()),
            sequence.operations())
        : sequence;
  }
}
