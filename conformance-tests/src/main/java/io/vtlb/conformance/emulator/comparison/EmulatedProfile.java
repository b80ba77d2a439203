package io.vtlb.conformance.emulator.comparison;

import io.vtlb.conformance.emulator.EmulatorOptions;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import java.util.EnumSet;
import java.util.Optional;

/**
 * The processor that is emulated: it offers everything, and reserves bits as Intel's does.
 *
 * <p>Its 1 GiB pages and PSE-36 cannot be turned off.
 */
public final class EmulatedProfile {

  private EmulatedProfile() {}

  /** The processor with this MAXPHYADDR. */
  public static Profile reaching(int physicalAddressBits) {
    return new Profile(
        "emulated-" + physicalAddressBits,
        Vendor.INTEL,
        physicalAddressBits,
        EnumSet.allOf(Capability.class),
        false);
  }

  /** Why no emulator can stand for a processor, if that is so. */
  public static Optional<String> whyNot(Profile profile) {
    if (profile.vendor() != Vendor.INTEL) {
      return Optional.of("the emulator reserves bits as Intel's processors do");
    }
    if (!profile.has(Capability.PAGES_1G)
        && (profile.has(Capability.LONG_MODE) || profile.has(Capability.FIVE_LEVELS))) {
      return Optional.of("the emulator's 1 GiB pages cannot be turned off");
    }
    if (!profile.has(Capability.PSE36)) {
      return Optional.of("the emulator's PSE-36 cannot be turned off");
    }
    return EmulatorOptions.offers(profile.physicalAddressBits())
        ? Optional.empty()
        : Optional.of("the emulator's MAXPHYADDR is 36 to 52");
  }
}
