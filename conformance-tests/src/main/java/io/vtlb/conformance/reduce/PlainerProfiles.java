package io.vtlb.conformance.reduce;

import io.vtlb.conformance.trace.ImpossibleState;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.trace.World;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** Processors with one thing less, on which a world is still possible. */
final class PlainerProfiles {

  private static final Profile USUAL = Profile.GENERIC_32;

  private PlainerProfiles() {}

  /** The usual processor, Intel's, or one with a capability less; nothing for the usual one. */
  static Stream<Profile> of(World world) {
    Profile profile = world.profile();
    return profile.equals(USUAL)
        ? Stream.empty()
        : Stream.of(Stream.of(USUAL), withoutVendor(profile), withoutCapabilities(profile))
            .flatMap(candidates -> candidates)
            .filter(candidate -> admits(candidate, world));
  }

  private static Stream<Profile> withoutVendor(Profile profile) {
    return profile.vendor() == Vendor.INTEL
        ? Stream.empty()
        : Stream.of(with(profile, Vendor.INTEL, profile.capabilities()));
  }

  /** The usual processor has PSE-36, so that is not less of anything. */
  private static Stream<Profile> withoutCapabilities(Profile profile) {
    return profile.capabilities().stream()
        .filter(capability -> !USUAL.has(capability))
        .map(gone -> {
          Set<Capability> rest = EnumSet.copyOf(profile.capabilities());
          rest.remove(gone);
          return with(profile, profile.vendor(), rest);
        });
  }

  private static Profile with(Profile profile, Vendor vendor, Set<Capability> capabilities) {
    return new Profile(
        profile.name(),
        vendor,
        profile.physicalAddressBits(),
        capabilities,
        profile.spuriousFaults());
  }

  private static boolean admits(Profile profile, World world) {
    long frames = 1L << (profile.physicalAddressBits() - PageSize.BASE_SHIFT);
    return world.machines().stream()
        .allMatch(machine ->
            machine.vcpus().stream()
                    .allMatch(state -> ImpossibleState.of(state.control(), profile).isEmpty())
                && machine.hostMap().ranges().stream()
                    .allMatch(range -> range.guestFrame() + range.frames() <= frames));
  }
}
