package io.vtlb.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.fault.DefectClass;
import io.vtlb.conformance.fault.Fault;
import io.vtlb.conformance.fault.FaultLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The page docs/faults.md keeps up with the library. */
class FaultsTableTest {

  private static final Path PAGE = Path.of("..", "docs", "faults.md");

  @Test
  void namesEveryFaultWithItsDesignModelAndRule() throws IOException {
    String page = Files.readString(PAGE);
    for (Fault fault : FaultLibrary.all()) {
      String row =
          "| `%s` | %s | %s | %s | "
              .formatted(fault.name(), fault.design(), fault.modelledOn(), fault.blamed());
      assertTrue(page.contains(row), row);
    }
    long rows = page.lines().filter(line -> line.startsWith("| `")).count();
    assertEquals(FaultLibrary.all().size(), rows);
  }

  @Test
  void everyClassOfDefectHasAFault() {
    Set<DefectClass> covered = EnumSet.noneOf(DefectClass.class);
    FaultLibrary.all().forEach(fault -> fault.defectClass().ifPresent(covered::add));
    assertEquals(EnumSet.allOf(DefectClass.class), covered);
  }

  @Test
  void roleSharedHasManyOfThem() {
    long inside =
        FaultLibrary.all().stream().filter(fault -> fault.design().equals("role-shared")).count();
    assertTrue(inside >= 25, inside + " faults");
  }
}
