package io.vtlb.model.paging;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Access rights as a table, a row for each sentence of the manual (Intel SDM vol. 3, 4.6.1); {@code
 * -} stands for any value. With 32-bit paging no entry forbids fetches.
 */
final class PermissionTable {

  private record Row(String pattern, boolean permitted) {}

  /**
   * Mode (S or U) and kind (L, S or F); combined U/S and R/W; CR0.WP, CR4.SMEP, CR4.SMAP,
   * EFLAGS.AC.
   */
  private static final List<Row> ROWS =
      List.of(
          // Supervisor-mode data reads.
          new Row("SL 0- ----", true),
          new Row("SL 1- --0-", true),
          new Row("SL 1- --11", true),
          new Row("SL 1- --10", false),
          // Supervisor-mode data writes to supervisor-mode addresses.
          new Row("SS 0- 0---", true),
          new Row("SS 01 1---", true),
          new Row("SS 00 1---", false),
          // Supervisor-mode data writes to user-mode addresses.
          new Row("SS 1- 0-0-", true),
          new Row("SS 1- 0-11", true),
          new Row("SS 11 1-0-", true),
          new Row("SS 11 1-11", true),
          new Row("SS 10 1---", false),
          new Row("SS 1- 0-10", false),
          new Row("SS 11 1-10", false),
          // Supervisor-mode instruction fetches.
          new Row("SF 0- ----", true),
          new Row("SF 1- -0--", true),
          new Row("SF 1- -1--", false),
          // User-mode accesses.
          new Row("U- 0- ----", false),
          new Row("UL 1- ----", true),
          new Row("US 11 ----", true),
          new Row("US 10 ----", false),
          new Row("UF 1- ----", true));

  private static final Map<String, Boolean> VERDICTS = new ConcurrentHashMap<>();

  private PermissionTable() {}

  /** What the one row that fits says. */
  static boolean permits(boolean user, boolean writable, Access access, ControlState control) {
    String situation =
        (access.isUser() ? "U" : "S")
            + access.kind().name().charAt(0)
            + " "
            + bit(user)
            + bit(writable)
            + " "
            + bit((control.cr0() & ControlState.CR0_WP) != 0)
            + bit((control.cr4() & ControlState.CR4_SMEP) != 0)
            + bit((control.cr4() & ControlState.CR4_SMAP) != 0)
            + bit(access.alignmentCheck());
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
