package io.vtlb.conformance.library;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import java.util.List;

/**
 * What include/vtlb.h calls the model's words by; a number never changes, whatever is added on
 * either side.
 */
final class Numbers {

  /** Causes from 1; 0 is none. */
  static final List<EventCause> CAUSES =
      List.of(
          EventCause.GUEST_PAGE_FAULT,
          EventCause.INCONSISTENCY,
          EventCause.TLB_MANIPULATION,
          EventCause.CONTROL_CHANGE,
          EventCause.PRIVILEGE_SET_CHANGE,
          EventCause.PRIVILEGE_CHANGE_WITHIN_SET,
          EventCause.DEVICE_ACCESS,
          EventCause.SPURIOUS);

  /** Kinds of resync from 1; 0 is none. */
  static final List<ResyncKind> RESYNCS =
      List.of(ResyncKind.NONE, ResyncKind.PARTIAL, ResyncKind.FULL, ResyncKind.FLUSH);

  private Numbers() {}

  static int of(AccessKind kind) {
    return switch (kind) {
      case LOAD -> 0;
      case STORE -> 1;
      case FETCH -> 2;
    };
  }

  static int of(PrivilegeSet set) {
    return switch (set) {
      case SUPERVISOR -> 0;
      case USER -> 1;
      case SUPERVISOR_AC -> 2;
    };
  }

  static int of(ControlRegister register) {
    return switch (register) {
      case CR0 -> 0;
      case CR3 -> 1;
      case CR4 -> 2;
      case EFER -> 3;
    };
  }

  static int of(InvalidationType type) {
    return switch (type) {
      case ADDRESS -> 0;
      case SINGLE_CONTEXT -> 1;
      case ALL_CONTEXTS -> 2;
      case ALL_CONTEXTS_KEEPING_GLOBALS -> 3;
    };
  }

  static int of(Vendor vendor) {
    return switch (vendor) {
      case INTEL -> 0;
      case AMD -> 1;
    };
  }

  /** The bits of all that a processor offers. */
  static int capabilities(Profile profile) {
    int bits = 0;
    for (Capability capability : profile.capabilities()) {
      bits |= bit(capability);
    }
    return bits;
  }

  static int bit(Capability capability) {
    return switch (capability) {
      case PSE36 -> 1;
      case NO_EXECUTE -> 1 << 1;
      case PAGES_1G -> 1 << 2;
      case LONG_MODE -> 1 << 3;
      case FIVE_LEVELS -> 1 << 4;
      case SMEP -> 1 << 5;
      case SMAP -> 1 << 6;
      case PCID -> 1 << 7;
      case INVPCID -> 1 << 8;
      case PROTECTION_KEYS -> 1 << 9;
    };
  }
}
