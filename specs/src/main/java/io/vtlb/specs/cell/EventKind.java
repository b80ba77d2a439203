package io.vtlb.specs.cell;

import java.util.Locale;

/** The kinds of events that cells tell apart. */
public enum EventKind {
  LOAD_FAULT,
  STORE_FAULT,
  FETCH_FAULT,
  /** INVLPG. */
  INVLPG_EVENT,
  /** INVPCID, type 0. */
  INVPCID_ADDRESS,
  /** INVPCID, type 1. */
  INVPCID_CONTEXT,
  /** INVPCID, type 2. */
  INVPCID_ALL,
  /** INVPCID, type 3. */
  INVPCID_ALL_BUT_GLOBALS,
  CR0_WRITE,
  CR3_WRITE,
  CR4_WRITE,
  EFER_WRITE,
  PRIVILEGE_EVENT;

  /** The constructor's name in the specification. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
