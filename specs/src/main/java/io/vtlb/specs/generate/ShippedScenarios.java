package io.vtlb.specs.generate;

import io.vtlb.specs.cell.Cell;
import io.vtlb.specs.cell.CellTable;
import io.vtlb.specs.smt.Specification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The generated set that ships with this module, read once. */
public final class ShippedScenarios {

  private static final List<ScenarioFile> FILES =
      Specification.smallWorldNames().stream().map(ShippedScenarios::read).toList();

  private ShippedScenarios() {}

  /** The set of each small world. */
  public static List<ScenarioFile> files() {
    return FILES;
  }

  /** What the set's searches say of all cells. */
  public static CellTable table() {
    return Table.KNOWN;
  }

  /** Made when it is asked for first. */
  private static final class Table {

    private static final CellTable KNOWN = known();

    private static CellTable known() {
      Set<Cell> reachable = new HashSet<>();
      Set<Cell> allowed = new HashSet<>();
      int bound = Integer.MAX_VALUE;
      for (ScenarioFile file : FILES) {
        reachable.addAll(file.cells());
        allowed.addAll(file.search().allowed());
        bound = Math.min(bound, file.search().bound());
      }
      return new CellTable(reachable, Cell.COUNT - allowed.size(), bound);
    }
  }

  /** The name of a small world's file. */
  public static String fileName(String world) {
    return world + ".jsonl.gz";
  }

  private static ScenarioFile read(String world) {
    try (InputStream data = ShippedScenarios.class.getResourceAsStream(fileName(world))) {
      return ScenarioFile.read(Objects.requireNonNull(data, world));
    } catch (IOException e) {
      throw new UncheckedIOException("the generated set of this build cannot be read", e);
    }
  }
}
