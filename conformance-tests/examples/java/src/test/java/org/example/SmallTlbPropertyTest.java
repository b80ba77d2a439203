package org.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.jqwik.Judgement;
import io.vtlb.conformance.jqwik.Sequences;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.trace.Sequence;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What this design promises beyond the rules, for sequences that the kit draws. */
class SmallTlbPropertyTest {

  @Provide
  Arbitrary<Sequence> sequences() {
    return Sequences.of(new SmallTlb().describe()).length(30).arbitrary();
  }

  @Property(tries = 300, seed = "1")
  void entriesAreSmallAndNoMoreThanOperations(@ForAll("sequences") Sequence sequence) {
    SmallTlb target = new SmallTlb();
    Judgement.of(sequence, target).orThrow();
    Vcpu first = new Vcpu(0, 0);
    for (PrivilegeSet set : PrivilegeSet.values()) {
      var entries = target.activeEntries(first, set);
      assertTrue(entries.size() <= sequence.operations().size());
      assertTrue(entries.stream().mapToInt(ActiveEntry::pages).allMatch(pages -> pages == 1));
    }
  }
}
