package io.vtlb.conformance.emulator.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.emulator.Instruction;
import io.vtlb.conformance.emulator.Probe;
import io.vtlb.conformance.emulator.ProbeResult;
import io.vtlb.conformance.emulator.Word;
import io.vtlb.model.machine.ControlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each entry of the ledger explains what it says, and nothing beside it; no emulator is asked. */
class LedgerTest {

  private static final long A = 1 << 5;
  private static final long PG = ControlState.CR0_PE | ControlState.CR0_PG;
  private static final long PAE = ControlState.CR4_PAE;
  private static final long SMAP = ControlState.CR4_SMAP;
  private static final long LONG = ControlState.EFER_LME | ControlState.EFER_LMA;
  private static final long TOP = 0x2_0000;
  private static final long NEXT = 0x2_1000;
  private static final long LAST = 0x2_2000;

  private static Situation situation(
      int reach, ControlState control, Instruction instruction, boolean ac, Word... words) {
    return new Situation(
        EmulatedProfile.reaching(reach),
        new Probe(control, 0, ac, 0, instruction, 0, 0, List.of(words)));
  }

  private static Judgement judge(Situation situation, ProbeResult result) {
    return new Comparison(new ReferenceModel()).judge(situation, result);
  }

  private static void assertExplained(
      Situation situation, ProbeResult result, KnownDeviation... by) {
    Judgement.Known known = assertInstanceOf(Judgement.Known.class, judge(situation, result));
    assertEquals(Set.of(by), known.deviations());
  }

  private static void assertDeviates(Situation situation, ProbeResult result) {
    assertInstanceOf(Judgement.Deviates.class, judge(situation, result));
  }

  private static List<Word> changed(Situation situation, int index, UnaryOperator<Long> change) {
    List<Word> words = new ArrayList<>(situation.probe().words());
    Word word = words.get(index);
    words.set(index, new Word(word.physical(), change.apply(word.value())));
    return words;
  }

  private static Situation reservedBit() {
    return situation(
        40,
        new ControlState(PG, TOP, PAE, LONG),
        Instruction.STORE_4,
        false,
        new Word(TOP, NEXT | 7 | 1L << 45));
  }

  @Test
  void aReservedBitMayComeWithoutPresentAndNothingElse() {
    Situation situation = reservedBit();
    List<Word> words = situation.probe().words();
    assertInstanceOf(
        Judgement.Agrees.class, judge(situation, new ProbeResult.PageFault(0xB, 0, words)));
    assertExplained(
        situation,
        new ProbeResult.PageFault(0xA, 0, words),
        KnownDeviation.RESERVED_WITHOUT_PRESENT);
    assertDeviates(situation, new ProbeResult.PageFault(0x8, 0, words));
    assertDeviates(situation, new ProbeResult.PageFault(0x2, 0, words));
    assertDeviates(situation, new ProbeResult.PageFault(0xA, 4, words));
    assertDeviates(
        situation, new ProbeResult.PageFault(0xA, 0, changed(situation, 0, word -> word | A)));
    assertDeviates(situation, new ProbeResult.Completed(0, words));
  }

  private static Situation pae(long pdpte) {
    return situation(
        40,
        new ControlState(PG, TOP, PAE, 0),
        Instruction.LOAD_4,
        false,
        new Word(TOP, pdpte),
        new Word(NEXT, LAST | 7 | A),
        new Word(LAST, 0x12_3000 | 7 | A),
        new Word(0x12_3000, 0x55));
  }

  @Test
  void aPdpteMayBecomeAccessed() {
    Situation situation = pae(NEXT | 1);
    assertExplained(
        situation,
        new ProbeResult.Completed(0x55, changed(situation, 0, word -> word | A)),
        KnownDeviation.PDPTE_ACCESSED);
    assertDeviates(
        situation, new ProbeResult.Completed(0x55, changed(situation, 0, word -> word | A << 1)));
    assertDeviates(
        situation, new ProbeResult.Completed(0x56, changed(situation, 0, word -> word | A)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6, 7, 8})
  void reservedLowBitsOfPdptesMayBeIgnored(int bit) {
    Situation situation = pae(NEXT | 1 | 1L << bit);
    List<Word> words = situation.probe().words();
    assertExplained(
        situation, new ProbeResult.Completed(0x55, words), KnownDeviation.PDPTES_UNCHECKED);
    assertDeviates(situation, new ProbeResult.PageFault(0, 0, words));
  }

  @Test
  void otherReservedBitsOfPdptesMayFaultLate() {
    Situation situation = pae(NEXT | 1 | 1L << 50);
    List<Word> words = situation.probe().words();
    assertExplained(
        situation,
        new ProbeResult.PageFault(8, 0, words),
        KnownDeviation.PDPTES_UNCHECKED,
        KnownDeviation.RESERVED_WITHOUT_PRESENT);
    assertDeviates(situation, new ProbeResult.Completed(0x55, words));
  }

  private static Situation huge(long bit) {
    return situation(
        40,
        new ControlState(PG, TOP, PAE, LONG),
        Instruction.LOAD_4,
        false,
        new Word(TOP, NEXT | 7 | A),
        new Word(NEXT, 0x4000_0087L | bit));
  }

  @Test
  void aReservedHugePageMayBecomeAccessed() {
    Situation low = huge(1 << 13);
    assertExplained(
        low,
        new ProbeResult.PageFault(9, 0, changed(low, 1, word -> word | A)),
        KnownDeviation.RESERVED_1G_ACCESSED);
    Situation high = huge(1L << 45);
    assertDeviates(high, new ProbeResult.PageFault(9, 0, changed(high, 1, word -> word | A)));
  }

  private static Situation implicit(boolean ac, long cr4) {
    return situation(
        40,
        new ControlState(PG, TOP, cr4, 0),
        Instruction.IMPLICIT_LOAD,
        ac,
        new Word(TOP, NEXT | 7 | A),
        new Word(NEXT, 0x12_3000 | 7 | A));
  }

  @Test
  void acMayLetImplicitAccessesThrough() {
    Situation situation = implicit(true, SMAP);
    List<Word> words = situation.probe().words();
    assertExplained(
        situation, new ProbeResult.Completed(0, words), KnownDeviation.IMPLICIT_WITH_AC);
    assertDeviates(implicit(false, SMAP), new ProbeResult.Completed(0, words));
  }

  private static Situation large(int reach, int bit) {
    return situation(
        reach,
        new ControlState(PG, TOP, ControlState.CR4_PSE, 0),
        Instruction.IMPLICIT_LOAD,
        false,
        new Word(TOP, 0x0080_00A7L | 1L << bit));
  }

  @Test
  void pse36MayReachTooFar() {
    Situation situation = large(36, 20);
    List<Word> words = situation.probe().words();
    assertExplained(
        situation, new ProbeResult.Completed(0, words), KnownDeviation.PSE36_OF_40_BITS);
    assertDeviates(large(36, 21), new ProbeResult.Completed(0, words));
    assertDeviates(large(40, 21), new ProbeResult.Completed(0, words));
  }

  @Test
  void whatGoesAstrayIsNeverExplained() {
    Situation situation = reservedBit();
    assertDeviates(situation, new ProbeResult.Strayed(0x46, 0x7000, situation.probe().words()));
  }

  @ParameterizedTest
  @EnumSource
  void theDocumentationHasEachEntry(KnownDeviation entry) throws IOException {
    String table = Files.readString(Path.of("..", "docs", "emulator.md"));
    assertTrue(table.contains("| `" + entry.id() + "` |"), entry.id());
    assertTrue(entry.source().startsWith("Intel SDM"), entry.source());
  }
}
