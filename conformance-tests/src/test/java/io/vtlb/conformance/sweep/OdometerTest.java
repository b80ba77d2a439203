package io.vtlb.conformance.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Counting through a product of entries. */
class OdometerTest {

  private static final Space SPACE = SweptMode.pae().spaces().get(1);

  private static List<Long> entries(Odometer odometer) {
    return List.of(odometer.entry(1), odometer.entry(2));
  }

  @Test
  void steppingReachesWhatSeekingReaches() {
    EntryMemory memory = new EntryMemory(SPACE.mode(), SPACE.page());
    Odometer stepping = new Odometer(SPACE, memory);
    Odometer seeking = new Odometer(SPACE, new EntryMemory(SPACE.mode(), SPACE.page()));
    for (long number = 0; number < SPACE.entries(); number++) {
      seeking.seek(number);
      assertEquals(entries(seeking), entries(stepping));
      assertEquals(stepping.entry(1), memory.read(memory.address(1), 8));
      stepping.next();
    }
    seeking.seek(0);
    assertEquals(entries(seeking), entries(stepping));
  }

  @Test
  void noTwoNumbersAreTheSameEntries() {
    Odometer odometer = new Odometer(SPACE, new EntryMemory(SPACE.mode(), SPACE.page()));
    Set<List<Long>> seen = new HashSet<>();
    for (long number = 0; number < SPACE.entries(); number++) {
      seen.add(entries(odometer));
      odometer.next();
    }
    assertEquals(SPACE.entries(), seen.size());
  }

  @Test
  void beyondTheLastThereIsNothing() {
    Odometer odometer = new Odometer(SPACE, new EntryMemory(SPACE.mode(), SPACE.page()));
    assertThrows(IllegalArgumentException.class, () -> odometer.seek(SPACE.entries()));
  }

  @Test
  void fourByteEntriesShareAWord() {
    Space space = SweptMode.twoLevel().spaces().getFirst();
    EntryMemory memory = new EntryMemory(space.mode(), space.page());
    memory.put(0, 0x1234_5678);
    assertEquals(0x1234_5678, memory.read(memory.address(0), 4));
    assertEquals(0, memory.read(memory.address(0) ^ 4, 4));
    assertNotEquals(0, memory.read(memory.address(0) & -8, 8));
    assertEquals(0, memory.read(0, 4));
  }
}
