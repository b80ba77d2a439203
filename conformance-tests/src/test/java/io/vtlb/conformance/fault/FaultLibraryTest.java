package io.vtlb.conformance.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.design.Designs;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.VirtualTlb;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The library as a list: names, models and rules. */
class FaultLibraryTest {

  private static final int FEWEST = 75;

  private final List<Fault> faults = FaultLibrary.all();

  @Test
  void thereAreEnough() {
    assertTrue(faults.size() >= FEWEST, faults.size() + " faults");
  }

  @Test
  void namesAreUnique() {
    assertEquals(
        faults.size(), faults.stream().map(Fault::name).collect(Collectors.toSet()).size());
  }

  @Test
  void namesAreHyphenatedWords() {
    faults.forEach(
        fault -> assertTrue(fault.name().matches("[a-z0-9]+(-[a-z0-9]+)+"), fault.name()));
  }

  @Test
  void everyFaultIsModelledOnSomething() {
    faults.forEach(fault -> assertFalse(fault.modelledOn().isBlank(), fault.name()));
  }

  @Test
  void everyRuleWithACheckOfItsOwnHasAFault() {
    Set<Rule> blamed = EnumSet.noneOf(Rule.class);
    faults.forEach(fault -> blamed.add(fault.blamed()));
    Set<Rule> checked = EnumSet.allOf(Rule.class);
    checked.removeIf(Rule::isDerived);
    assertEquals(checked, blamed);
  }

  @Test
  void faultsAreFoundByName() {
    faults.forEach(fault -> assertEquals(Optional.of(fault), FaultLibrary.byName(fault.name())));
    assertEquals(Optional.empty(), FaultLibrary.byName("no-such-fault"));
  }

  private static VirtualTlb right(String design) {
    return design.equals(Fault.REFERENCE)
        ? new ReferenceVmm()
        : Designs.byName(design).orElseThrow().get();
  }

  @Test
  void aTargetIsFreshAndOfferedAsTheRightOneIs() {
    for (Fault fault : faults) {
      assertNotSame(fault.target(), fault.target());
      assertEquals("fault:" + fault.name(), fault.target().describe().name());
      assertEquals(
          right(fault.design()).describe().features(), fault.target().describe().features());
    }
  }
}
