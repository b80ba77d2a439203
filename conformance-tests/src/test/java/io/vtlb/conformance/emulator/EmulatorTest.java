package io.vtlb.conformance.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;

import io.vtlb.model.machine.ControlState;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Single probes in 32-bit paging: what comes back is what was done. */
class EmulatorTest {

  private static final long ROOT = 0x2_0000;
  private static final long TABLE = 0x2_1000;
  private static final long PAGE = 0x12_3000;
  private static final ControlState CONTROL =
      new ControlState(ControlState.CR0_PE | ControlState.CR0_PG, ROOT, 0, 0);

  private static Emulator emulator;

  @BeforeAll
  static void open() {
    switch (Emulator.open(new EmulatorOptions(EmulatorOptions.QEMU, 40))) {
      case Opening.Ready(Emulator ready) -> emulator = ready;
      case Opening.Missing(String reason) -> abort(reason);
    }
  }

  @AfterAll
  static void close() {
    if (emulator != null) {
      emulator.close();
    }
  }

  private static Probe probe(Instruction instruction, long address, long value) {
    List<Word> words =
        List.of(
            new Word(ROOT, TABLE | 7),
            new Word(TABLE, PAGE | 7),
            new Word(PAGE, FetchTag.word(0x1234)),
            new Word(PAGE + 8, 0x8877_6655_4433_2211L));
    return new Probe(CONTROL, 3, false, 0, instruction, address, value, words);
  }

  private static ProbeResult.Completed completed(Instruction instruction, long address) {
    return assertInstanceOf(
        ProbeResult.Completed.class, emulator.run(probe(instruction, address, -2L)));
  }

  @Test
  void loadsTellWhatTheyRead() {
    assertEquals(0x4433_2211L, completed(Instruction.LOAD_4, 8).value());
    assertEquals(0x8877_6655_4433_2211L, completed(Instruction.LOAD_8, 8).value());
    assertEquals(0x7766_5544L, completed(Instruction.LOAD_4, 11).value());
  }

  @Test
  void storesAreSeenAndTakenBack() {
    for (int again = 0; again < 2; again++) {
      assertEquals(
          new Word(PAGE + 8, 0x8877_6655_FFFF_FFFEL),
          completed(Instruction.STORE_4, 8).memory().getLast());
      assertEquals(new Word(PAGE + 8, -2L), completed(Instruction.STORE_8, 8).memory().getLast());
    }
  }

  @Test
  void aFetchTellsItsTag() {
    assertEquals(0x1234, completed(Instruction.FETCH, 0).value());
  }

  @Test
  void accessedAndDirtyAreSeen() {
    List<Word> after = completed(Instruction.STORE_4, 8).memory();
    assertEquals(new Word(ROOT, TABLE | 0x27), after.get(0));
    assertEquals(new Word(TABLE, PAGE | 0x67), after.get(1));
  }

  @Test
  void aFaultTellsCodeAndAddress() {
    ProbeResult.PageFault fault =
        assertInstanceOf(
            ProbeResult.PageFault.class, emulator.run(probe(Instruction.STORE_4, 0x5004, 0)));
    assertEquals(6, fault.errorCode());
    assertEquals(0x5004, fault.address());
  }

  @Test
  void memoryThatIsNotFreeIsRefused() {
    Word taken = new Word(MemoryLayout.RUNNER, 0);
    Probe probe = new Probe(CONTROL, 0, false, 0, Instruction.LOAD_4, 0, 0, List.of(taken));
    assertFalse(Emulator.accepts(probe));
    assertThrows(IllegalArgumentException.class, () -> emulator.run(probe));
  }

  @Test
  void aClosedOneSaysSo() {
    EmulatorOptions options = new EmulatorOptions(EmulatorOptions.QEMU, 52);
    Opening.Ready ready = assertInstanceOf(Opening.Ready.class, Emulator.open(options));
    ready.emulator().close();
    assertThrows(
        EmulatorException.class, () -> ready.emulator().run(probe(Instruction.LOAD_4, 8, 0)));
  }
}
