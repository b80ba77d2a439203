package io.vtlb.conformance.sweep.manual;

import io.vtlb.conformance.sweep.manual.TruthTable.Row;
import java.util.List;

/**
 * Which accesses to a user-mode address its protection key forbids (Intel SDM vol. 3, 4.6.2).
 *
 * <p>Columns: instruction fetch, data write, user-mode access, CR0.WP, WD of the key, AD of the
 * key.
 */
final class KeyTable {

  static final TruthTable FORBIDS =
      TruthTable.of(
          6,
          List.of(
              // Keys do not restrict fetches; a fetch is no write.
              new Row("1- -- --", false),
              // AD forbids any data access.
              new Row("0- -- -1", true),
              // Reads are otherwise free.
              new Row("00 -- -0", false),
              // WD forbids writes of user mode, and with WP those of supervisor mode.
              new Row("01 1- 10", true),
              new Row("01 01 10", true),
              new Row("01 00 10", false),
              new Row("01 -- 00", false)));

  private KeyTable() {}
}
