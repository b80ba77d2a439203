package io.vtlb.model.machine;

import java.util.Locale;

/** What an INVPCID instruction names (Intel SDM vol. 2, INVPCID). */
public enum InvalidationType {
  /** Type 0: one linear address under one PCID. */
  ADDRESS,
  /** Type 1: everything but globals under one PCID. */
  SINGLE_CONTEXT,
  /** Type 2: everything under every PCID, globals included. */
  ALL_CONTEXTS,
  /** Type 3: everything under every PCID but globals. */
  ALL_CONTEXTS_KEEPING_GLOBALS;

  /** What it names, as reports show it, for example {@code all contexts}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
