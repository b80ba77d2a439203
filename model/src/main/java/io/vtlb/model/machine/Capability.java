package io.vtlb.model.machine;

/**
 * Something that a processor may or may not offer, which decides what its control registers and
 * entries may hold (Intel SDM vol. 3, 4.1.4).
 */
public enum Capability {
  /** 4 MiB pages carry address bits 39:32. */
  PSE36,
  /** Bit 63 of an entry may forbid fetches (IA32_EFER.NXE). */
  NO_EXECUTE,
  /** PDPTEs may map 1 GiB pages. */
  PAGES_1G,
  /** IA-32e mode exists (IA32_EFER.LME). */
  LONG_MODE,
  /** 5-level paging exists (CR4.LA57). */
  FIVE_LEVELS,
  /** CR4.SMEP exists. */
  SMEP,
  /** CR4.SMAP exists. */
  SMAP,
  /** CR4.PCIDE exists. */
  PCID,
  /** The INVPCID instruction exists. */
  INVPCID,
  /** Protection keys for user pages exist (CR4.PKE). */
  PROTECTION_KEYS
}
