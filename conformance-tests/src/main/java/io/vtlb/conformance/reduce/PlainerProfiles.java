package io.vtlb.conformance.reduce;

import io.vtlb.conformance.trace.ImpossibleState;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.ResizePages;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** Processors with one thing less, on which a world and what happens in it are still possible. */
final class PlainerProfiles {

  private static final Profile USUAL = Profile.GENERIC_32;

  private PlainerProfiles() {}

  /** The usual processor, Intel's, or one with a capability less; nothing for the usual one. */
  static Stream<Profile> of(Sequence sequence) {
    Profile profile = sequence.world().profile();
    return profile.equals(USUAL)
        ? Stream.empty()
        : Stream.of(Stream.of(USUAL), withoutVendor(profile), withoutCapabilities(profile))
            .flatMap(candidates -> candidates)
            .filter(candidate ->
                admits(candidate, sequence.world())
                    && sequence.operations().stream()
                        .allMatch(operation -> addresses(candidate, operation)));
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
    long frames = frames(profile);
    return world.machines().stream()
        .allMatch(machine ->
            machine.vcpus().stream()
                    .allMatch(state -> ImpossibleState.of(state.control(), profile).isEmpty())
                && machine.hostMap().ranges().stream()
                    .allMatch(range -> range.guestFrame() + range.frames() <= frames));
  }

  /** True if the guest frames that an operation names can be addressed. */
  private static boolean addresses(Profile profile, Operation operation) {
    return end(operation) <= frames(profile);
  }

  /** The first guest frame after those that an operation names, 0 if it names none. */
  private static long end(Operation operation) {
    return switch (operation) {
      case AtRead atRead -> end(atRead.operation());
      case ForeignStore store -> PageSize.page(store.physicalAddress()) + 1;
      case GuestOperation guest -> 0;
      case MapFrames map -> map.guestFrame() + map.frames();
      case UnmapFrames unmap -> unmap.guestFrame() + unmap.frames();
      case MoveFrames move -> move.guestFrame() + move.frames();
      case ProtectFrames protect -> protect.guestFrame() + protect.frames();
      case ResizePages resize -> resize.guestFrame() + resize.frames();
      case HostOperation host -> 0;
    };
  }

  private static long frames(Profile profile) {
    return 1L << (profile.physicalAddressBits() - PageSize.BASE_SHIFT);
  }
}
