package io.vtlb.conformance.jqwik;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.fault.Fault;
import io.vtlb.conformance.fault.FaultLibrary;
import io.vtlb.conformance.verify.Needs;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.trace.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Shrinkable;
import org.junit.jupiter.api.Test;

/** Sequences as jqwik draws and shrinks them. */
class SequencesTest {

  private static final Description MODEST =
      new Description("modest", ObservationLevel.ACTIVE_STRUCTURE, Set.of());

  @Provide
  Arbitrary<Sequence> all() {
    return Sequences.of(new ReferenceVmm().describe()).arbitrary();
  }

  @Provide
  Arbitrary<Sequence> modest() {
    return Sequences.of(MODEST).mode("pae").length(7).arbitrary();
  }

  @Property(tries = 100)
  void theReferenceIsRight(@ForAll("all") Sequence sequence) {
    assertEquals(40, sequence.operations().size());
    Judgement judgement = Judgement.of(sequence, new ReferenceVmm());
    assertTrue(judgement.right(), judgement::text);
    judgement.orThrow();
  }

  @Property(tries = 100)
  void onlyWhatIsDeclaredAndChosenIsDrawn(@ForAll("modest") Sequence sequence) {
    assertEquals(7, sequence.operations().size());
    assertEquals(List.of(), Needs.of(sequence).lacking(MODEST));
    assertTrue(
        sequence.world().machines().stream()
            .flatMap(machine -> machine.vcpus().stream())
            .allMatch(vcpu -> vcpu.control().paePaging()));
  }

  /** As jqwik does it: on with the first smaller one that still fails, until none does. */
  @Test
  void whatFailsShrinksToFewOperationsInTheSameWorld() {
    Fault fault = FaultLibrary.byName("invlpg-ignored").orElseThrow();
    Shrinkable<Sequence> drawn = firstBroken(fault);
    Shrinkable<Sequence> small = drawn;
    Optional<Shrinkable<Sequence>> smaller = Optional.of(drawn);
    while (smaller.isPresent()) {
      small = smaller.get();
      smaller = small.shrink().filter(one -> isBroken(fault, one.value())).findFirst();
    }
    List<?> left = small.value().operations();
    assertTrue(left.size() <= 6, left::toString);
    assertTrue(left.stream().anyMatch(GuestOperation.InvalidatePage.class::isInstance));
    assertEquals(drawn.value().world(), small.value().world());
  }

  private Shrinkable<Sequence> firstBroken(Fault fault) {
    Random choices = new Random(1);
    return all().generator(1000).stream(choices)
        .limit(5000)
        .filter(one -> isBroken(fault, one.value()))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isBroken(Fault fault, Sequence sequence) {
    return Judgement.of(sequence, fault.target()).brokenRule().equals(Optional.of("TLB-1"));
  }

  @Test
  void everyCandidateLacksSomething() {
    Sequence sequence = modest().sample();
    Shrinkable<Sequence> drawn = new DrawnSequence(sequence);
    List<Integer> sizes = drawn.shrink().map(one -> one.value().operations().size()).toList();
    assertEquals(List.of(0, 4, 4, 6, 6, 6, 6, 6, 6, 6), sizes);
    assertTrue(drawn.shrink().allMatch(one -> one.compareTo(drawn) < 0));
  }

  @Test
  void whatIsNoOptionIsRefused() {
    Sequences all = Sequences.of(MODEST);
    assertEquals(
        "'long' is no mode; give 32, pae, 4level, 5level, mixed",
        assertThrows(IllegalArgumentException.class, () -> all.mode("long")).getMessage());
    assertEquals(
        "length: 1 to 10000, not 0",
        assertThrows(IllegalArgumentException.class, () -> all.length(0)).getMessage());
  }

  @Test
  void aJudgementTellsWhatHappened() {
    Fault fault = FaultLibrary.byName("invlpg-ignored").orElseThrow();
    Judgement wrong = Judgement.of(firstBroken(fault).value(), fault.target());
    assertTrue(wrong.text().startsWith("TLB-1 is broken at operation "), wrong::text);
    assertTrue(wrong.text().contains("\n  1. vm"), wrong::text);
    assertEquals(wrong.text(), assertThrows(AssertionError.class, wrong::orThrow).getMessage());
  }
}
