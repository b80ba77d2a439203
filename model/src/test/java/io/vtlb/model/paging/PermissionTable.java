package io.vtlb.model.paging;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Access rights as a table, a row for each sentence of the manual (Intel SDM vol. 3, 4.6.1); {@code
 * -} stands for any value. Protection keys are not in it.
 */
final class PermissionTable {

  private record Row(String pattern, boolean permitted) {}

  /**
   * Mode (S or U), EFLAGS.AC and kind (L, S or F); combined U/S and R/W, and whether no XD is set;
   * CR0.WP, CR4.SMEP, CR4.SMAP and IA32_EFER.NXE.
   */
  private static final List<Row> ROWS =
      List.of(
          // Supervisor-mode data reads.
          new Row("S-L 0-- ----", true),
          new Row("S-L 1-- --0-", true),
          new Row("S1L 1-- --1-", true),
          new Row("S0L 1-- --1-", false),
          // Supervisor-mode data writes to supervisor-mode addresses.
          new Row("S-S 0-- 0---", true),
          new Row("S-S 01- 1---", true),
          new Row("S-S 00- 1---", false),
          // Supervisor-mode data writes to user-mode addresses.
          new Row("S-S 1-- 0-0-", true),
          new Row("S1S 1-- 0-1-", true),
          new Row("S0S 1-- 0-1-", false),
          new Row("S-S 11- 1-0-", true),
          new Row("S1S 11- 1-1-", true),
          new Row("S0S 11- 1-1-", false),
          new Row("S-S 10- 1---", false),
          // Supervisor-mode instruction fetches.
          new Row("S-F 0-- ---0", true),
          new Row("S-F 0-1 ---1", true),
          new Row("S-F 0-0 ---1", false),
          new Row("S-F 1-- -0-0", true),
          new Row("S-F 1-1 -0-1", true),
          new Row("S-F 1-0 -0-1", false),
          new Row("S-F 1-- -1--", false),
          // User-mode accesses.
          new Row("U-- 0-- ----", false),
          new Row("U-L 1-- ----", true),
          new Row("U-S 11- ----", true),
          new Row("U-S 10- ----", false),
          new Row("U-F 1-- ---0", true),
          new Row("U-F 1-1 ---1", true),
          new Row("U-F 1-0 ---1", false));

  private static final Map<String, Boolean> VERDICTS = new ConcurrentHashMap<>();

  private PermissionTable() {}

  /** What the one row that fits says. */
  static boolean permits(WalkRights rights, Access access, ControlState control) {
    String situation =
        (access.isUser() ? "U" : "S")
            + bit(access.set() == PrivilegeSet.SUPERVISOR_AC)
            + access.kind().name().charAt(0)
            + " "
            + bit(rights.user())
            + bit(rights.writable())
            + bit(rights.executable())
            + " "
            + bit((control.cr0() & ControlState.CR0_WP) != 0)
            + bit((control.cr4() & ControlState.CR4_SMEP) != 0)
            + bit((control.cr4() & ControlState.CR4_SMAP) != 0)
            + bit((control.efer() & ControlState.EFER_NXE) != 0);
    return VERDICTS.computeIfAbsent(situation, PermissionTable::find);
  }

  private static boolean find(String situation) {
    List<Row> fitting = ROWS.stream().filter(row -> fits(row.pattern(), situation)).toList();
    if (fitting.size() != 1) {
      throw new IllegalStateException(situation + " is for the rows " + fitting);
    }
    return fitting.getFirst().permitted();
  }

  private static char bit(boolean set) {
    return set ? '1' : '0';
  }

  private static boolean fits(String pattern, String situation) {
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) != '-' && pattern.charAt(i) != situation.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
