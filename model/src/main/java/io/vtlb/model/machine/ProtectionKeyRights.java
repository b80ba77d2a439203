package io.vtlb.model.machine;

/**
 * The PKRU register: for each of 16 protection keys, whether data of user pages may be accessed
 * (bit 2k, AD) and written (bit 2k+1, WD).
 *
 * <p>Source: Intel SDM vol. 3, 4.6.2.
 */
public final class ProtectionKeyRights {

  /** How many keys there are. */
  public static final int KEYS = 16;

  private ProtectionKeyRights() {}

  /** True if a register value forbids an access to a user page with this key, 0 to 15. */
  public static boolean forbid(int pkru, int key, Access access, ControlState control) {
    boolean noAccess = ((pkru >>> (2 * key)) & 1) != 0;
    boolean noWrite = ((pkru >>> (2 * key + 1)) & 1) != 0;
    return switch (access.kind()) {
      case FETCH -> false;
      case LOAD -> noAccess;
      case STORE -> noAccess || (noWrite && (access.isUser() || control.writeProtect()));
    };
  }
}
