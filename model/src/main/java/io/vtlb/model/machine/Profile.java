package io.vtlb.model.machine;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The modelled processor, as data: what it offers and where vendors may differ.
 *
 * @param name a short name for reports
 * @param vendor whose manual decides where manuals differ
 * @param physicalAddressBits MAXPHYADDR, in bits, 32 to 52
 * @param capabilities what it offers
 * @param spuriousFaults a stale cached translation or partial walk may fault an access that the
 *     guest structure now permits, once for each page and edit (Intel SDM vol. 3, 4.10.4.3)
 */
public record Profile(
    String name,
    Vendor vendor,
    int physicalAddressBits,
    Set<Capability> capabilities,
    boolean spuriousFaults) {

  /** A 32-bit processor with PSE-36 and 40 physical address bits. */
  public static final Profile GENERIC_32 =
      new Profile("generic-32", Vendor.INTEL, 40, EnumSet.of(Capability.PSE36), true);

  /** A processor that offers everything modelled, with 46 physical address bits. */
  public static final Profile GENERIC_64 =
      new Profile("generic-64", Vendor.INTEL, 46, EnumSet.allOf(Capability.class), true);

  public Profile {
    if (physicalAddressBits < 32 || physicalAddressBits > 52) {
      throw new IllegalArgumentException("MAXPHYADDR is 32 to 52 bits, not " + physicalAddressBits);
    }
    EnumSet<Capability> copy = EnumSet.noneOf(Capability.class);
    copy.addAll(capabilities);
    capabilities = Collections.unmodifiableSet(copy);
  }

  public boolean has(Capability capability) {
    return capabilities.contains(capability);
  }
}
