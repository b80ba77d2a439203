package io.vtlb.conformance.recording;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The processor that a recorded guest saw, as its CPUID bits in the header tell. */
final class RecordedProcessor {

  private static final int LEAST_ADDRESS_BITS = 32;
  private static final int MOST_ADDRESS_BITS = 52;

  private RecordedProcessor() {}

  /** The profile; a capability that is not named is not there. */
  static Profile profile(RecordFields features) throws BadRecording {
    int addressBits = features.number("maxphyaddr", LEAST_ADDRESS_BITS, MOST_ADDRESS_BITS);
    features.flag(field(Capability.PSE36));
    Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    for (Capability capability : Capability.values()) {
      if (features.optionalFlag(field(capability))) {
        capabilities.add(capability);
      }
    }
    return new Profile("recorded", vendor(features), addressBits, capabilities, true);
  }

  /** The vendor by CPUID leaf 0; where none is named, the modes are those of Intel's manual. */
  private static Vendor vendor(RecordFields features) throws BadRecording {
    if (!features.has("vendor")) {
      return Vendor.INTEL;
    }
    String name = features.text("vendor");
    return switch (name) {
      case "GenuineIntel" -> Vendor.INTEL;
      case "AuthenticAMD", "HygonGenuine" -> Vendor.AMD;
      default ->
          throw features.bad(
              "vendor",
              "\""
                  + name
                  + "\" is no vendor that vtlb has rules for; name GenuineIntel or AuthenticAMD,"
                  + " whichever the processor follows");
    };
  }

  /** The processor on one line. */
  static String describe(Profile profile) {
    String vendor =
        switch (profile.vendor()) {
          case INTEL -> "Intel";
          case AMD -> "AMD";
        };
    return vendor
        + ", MAXPHYADDR "
        + profile.physicalAddressBits()
        + profile.capabilities().stream()
            .map(capability -> " " + field(capability))
            .collect(Collectors.joining("", profile.capabilities().isEmpty() ? "" : ",", ""));
  }

  /** The name of a capability in a header. */
  static String field(Capability capability) {
    return switch (capability) {
      case PSE36 -> "pse36";
      case NO_EXECUTE -> "nx";
      case PAGES_1G -> "gbpages";
      case LONG_MODE -> "lm";
      case FIVE_LEVELS -> "la57";
      case SMEP -> "smep";
      case SMAP -> "smap";
      case PCID -> "pcid";
      case INVPCID -> "invpcid";
      case PROTECTION_KEYS -> "pku";
    };
  }
}
