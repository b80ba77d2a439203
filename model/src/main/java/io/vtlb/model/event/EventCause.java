package io.vtlb.model.event;

import java.util.Locale;

/** Why an event happened, as the VMM finds it by evaluating the event (claims 3 and 16). */
public enum EventCause {
  /** The guest would have had this page fault alone (claim 7). */
  GUEST_PAGE_FAULT,
  /**
   * The active content is missing, stale, or withholds a right, where the guest's grants the access
   * (claims 4 and 17).
   */
  INCONSISTENCY,
  /**
   * The guest manipulates the TLB: INVLPG, INVPCID, or a control-register write that invalidates
   * (claims 8 and 20).
   */
  TLB_MANIPULATION,
  /**
   * A control-register write that invalidates nothing but may change what protection or entries
   * mean.
   */
  CONTROL_CHANGE,
  /** The privilege level changed and so did the privilege set (claim 13). */
  PRIVILEGE_SET_CHANGE,
  /**
   * The privilege level changed inside one set, which page-based protection cannot tell (claim 13).
   */
  PRIVILEGE_CHANGE_WITHIN_SET,
  /** The access leads to a guest frame with no memory behind it. */
  DEVICE_ACCESS,
  /** The active structure already permits the access: the processor's TLB lagged behind. */
  SPURIOUS;

  /** The word in traces and in the target protocol, for example {@code tlb-manipulation}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
