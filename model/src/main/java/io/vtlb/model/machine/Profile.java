package io.vtlb.model.machine;

/**
 * The modelled processor, as data: what it offers and where vendors may differ.
 *
 * @param name a short name for reports
 * @param physicalAddressBits MAXPHYADDR, in bits, 32 to 52
 * @param pse36 4 MiB pages carry address bits 39:32 (PSE-36)
 * @param spuriousFaults a stale cached translation may fault an access that the guest structure now
 *     permits, once for each page and edit (Intel SDM vol. 3, 4.10.4.3)
 */
public record Profile(String name, int physicalAddressBits, boolean pse36, boolean spuriousFaults) {

  /** A 32-bit processor with PSE-36 and 40 physical address bits. */
  public static final Profile GENERIC_32 = new Profile("generic-32", 40, true, true);

  public Profile {
    if (physicalAddressBits < 32 || physicalAddressBits > 52) {
      throw new IllegalArgumentException("MAXPHYADDR is 32 to 52 bits, not " + physicalAddressBits);
    }
  }
}
