package io.vtlb.model.paging;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.ProtectionKeyRights;

/**
 * Whether an access is permitted, judged when it is made with the rights that a walk combined.
 *
 * <p>Source: Intel SDM vol. 3, 4.6.1 (rights), 4.6.2 (protection keys) and 4.7 (error codes).
 */
public final class Permission {

  private Permission() {}

  /** True if a translation permits the access under this control state. */
  public static boolean permits(Translation translation, Access access, ControlState control) {
    return permits(translation.rights(), access, control)
        && !keyForbids(translation, access, control);
  }

  /** True if the rights permit the access under this control state, protection keys aside. */
  public static boolean permits(WalkRights rights, Access access, ControlState control) {
    if (!control.paging()) {
      return true;
    }
    if (access.isUser()) {
      return rights.user()
          && switch (access.kind()) {
            case LOAD -> true;
            case STORE -> rights.writable();
            case FETCH -> mayExecute(rights, control);
          };
    }
    return switch (access.kind()) {
      case LOAD -> supervisorMayTouch(rights, access, control);
      case STORE ->
          supervisorMayTouch(rights, access, control)
              && (rights.writable() || !control.writeProtect());
      case FETCH ->
          mayExecute(rights, control)
              && !(rights.user() && control.supervisorExecutionPrevention());
    };
  }

  private static boolean mayExecute(WalkRights rights, ControlState control) {
    return rights.executable() || !control.noExecute();
  }

  private static boolean supervisorMayTouch(
      WalkRights rights, Access access, ControlState control) {
    return !rights.user()
        || !control.supervisorAccessPrevention()
        || access.set() == PrivilegeSet.SUPERVISOR_AC;
  }

  private static boolean keyForbids(Translation translation, Access access, ControlState control) {
    return control.protectionKeys()
        && translation.rights().user()
        && ProtectionKeyRights.forbid(access.pkru(), translation.key(), access, control);
  }

  /**
   * What a privilege set may do with a page of these rights under this control state, protection
   * keys aside.
   */
  public static AccessRights resolve(WalkRights rights, PrivilegeSet set, ControlState control) {
    return new AccessRights(
        permits(rights, new Access(0, AccessKind.LOAD, set), control),
        permits(rights, new Access(0, AccessKind.STORE, set), control),
        permits(rights, new Access(0, AccessKind.FETCH, set), control));
  }

  /** The code of a fault at a non-present entry. */
  public static FaultCode notPresent(Access access, ControlState control) {
    return new FaultCode(
        (access.isStore() ? FaultCode.WRITE : 0)
            | (access.isUser() ? FaultCode.USER : 0)
            | (access.isFetch() && fetchesAreTold(control) ? FaultCode.FETCH : 0));
  }

  /** The code of a fault because a translation denies the access. */
  public static FaultCode denied(Translation translation, Access access, ControlState control) {
    return new FaultCode(
        notPresent(access, control).bits()
            | FaultCode.PRESENT
            | (keyForbids(translation, access, control) ? FaultCode.PROTECTION_KEY : 0));
  }

  /** The code of a fault at an entry with a reserved bit set. */
  public static FaultCode reserved(Access access, ControlState control) {
    return new FaultCode(
        notPresent(access, control).bits() | FaultCode.PRESENT | FaultCode.RESERVED);
  }

  /** The I/D bit is reported only where fetches can be refused as such. */
  private static boolean fetchesAreTold(ControlState control) {
    return control.supervisorExecutionPrevention()
        || (control.physicalAddressExtension() && control.noExecute());
  }
}
