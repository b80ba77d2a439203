package io.vtlb.conformance.trace;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The field {@code profile} of a world: the processor that every guest sees. */
final class ProfileFormat {

  /** Has a field of its own, older than the list. */
  private static final Capability APART = Capability.PSE36;

  private ProfileFormat() {}

  /** Puts the profile; Intel, and a list of nothing, are left out. */
  static void put(ObjectNode json, Profile profile) {
    json.put("name", profile.name());
    if (profile.vendor() != Vendor.INTEL) {
      json.put("vendor", Words.of(profile.vendor()));
    }
    json.put("physicalAddressBits", profile.physicalAddressBits());
    json.put("pse36", profile.has(APART));
    Set<Capability> listed = EnumSet.noneOf(Capability.class);
    listed.addAll(profile.capabilities());
    listed.remove(APART);
    if (!listed.isEmpty()) {
      ArrayNode words = json.putArray("capabilities");
      listed.forEach(capability -> words.add(Words.of(capability)));
    }
    json.put("spuriousFaults", profile.spuriousFaults());
  }

  static Profile read(Fields fields) throws BadTrace {
    fields.only(
        "a profile",
        "name",
        "vendor",
        "physicalAddressBits",
        "pse36",
        "capabilities",
        "spuriousFaults");
    Set<Capability> capabilities =
        fields.has("capabilities") ? listed(fields) : EnumSet.noneOf(Capability.class);
    if (fields.flag("pse36")) {
      capabilities.add(APART);
    }
    return new Profile(
        fields.text("name"),
        fields.has("vendor") ? fields.word("vendor", Vendor.class) : Vendor.INTEL,
        fields.number("physicalAddressBits", 32, 52),
        capabilities,
        fields.flag("spuriousFaults"));
  }

  private static Set<Capability> listed(Fields profile) throws BadTrace {
    Fields elements = profile.elements("capabilities");
    Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    for (String index : elements.names()) {
      Capability capability = elements.word(index, Capability.class);
      if (capability == APART) {
        throw elements.bad(index, "pse36 has a field of its own in the profile");
      }
      if (!capabilities.add(capability)) {
        throw elements.bad(index, Words.of(capability) + " is listed twice");
      }
    }
    return capabilities;
  }
}
