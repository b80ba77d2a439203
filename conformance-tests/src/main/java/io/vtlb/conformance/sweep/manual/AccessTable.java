package io.vtlb.conformance.sweep.manual;

import io.vtlb.conformance.sweep.manual.TruthTable.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Which accesses the rights of a translation permit, a row for each sentence (Intel SDM vol. 3,
 * 4.6.1).
 *
 * <p>Columns: user-mode access; WP, NXE, SMEP, SMAP, EFLAGS.AC of an explicit access; XD=1 in some
 * entry, U/S=1 in all, R/W=1 in all.
 */
final class AccessTable {

  private static final int COLUMNS = 9;

  private static final TruthTable READS =
      table(
          // Data reads, supervisor mode.
          row("0 ----- -0-", true),
          row("0 ---0- -1-", true),
          row("0 ---11 -1-", true),
          row("0 ---10 -1-", false),
          // Data reads, user mode.
          row("1 ----- -1-", true),
          row("1 ----- -0-", false));

  private static final TruthTable WRITES =
      table(
          // Data writes to supervisor-mode addresses, supervisor mode.
          row("0 0---- -0-", true),
          row("0 1---- -01", true),
          row("0 1---- -00", false),
          // Data writes to user-mode addresses, supervisor mode, CR0.WP=0.
          row("0 0--0- -1-", true),
          row("0 0--11 -1-", true),
          row("0 0--10 -1-", false),
          // The same with CR0.WP=1.
          row("0 1--0- -11", true),
          row("0 1--0- -10", false),
          row("0 1--11 -11", true),
          row("0 1--11 -10", false),
          row("0 1--10 -1-", false),
          // Data writes, user mode.
          row("1 ----- -11", true),
          row("1 ----- -10", false),
          row("1 ----- -0-", false));

  private static final TruthTable FETCHES =
      table(
          // Fetches from supervisor-mode addresses, supervisor mode.
          row("0 -0--- -0-", true),
          row("0 -1--- 00-", true),
          row("0 -1--- 10-", false),
          // Fetches from user-mode addresses, supervisor mode.
          row("0 -00-- -1-", true),
          row("0 -10-- 01-", true),
          row("0 -10-- 11-", false),
          row("0 --1-- -1-", false),
          // Fetches, user mode.
          row("1 -0--- -1-", true),
          row("1 -1--- 01-", true),
          row("1 -1--- 11-", false),
          row("1 ----- -0-", false));

  private AccessTable() {}

  /** The table for a kind of access; its situations are numbered as the columns say. */
  static TruthTable of(boolean store, boolean fetch) {
    if (fetch) {
      return FETCHES;
    }
    return store ? WRITES : READS;
  }

  private static Row row(String pattern, boolean permitted) {
    return new Row(pattern, permitted);
  }

  private static TruthTable table(Row... rows) {
    return TruthTable.of(COLUMNS, new ArrayList<>(List.of(rows)));
  }
}
