package io.vtlb.model.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Guest-physical memory: tags until written, nothing where no memory is. */
class GuestPhysicalMemoryTest {

  private static final long FRAMES = 16;
  private static final long BASE = PageSize.address(3, 0);
  private static final long BEYOND = PageSize.address(FRAMES, 0);

  private final GuestPhysicalMemory memory = memory(0);

  private static GuestPhysicalMemory memory(int vm) {
    return new GuestPhysicalMemory(
        vm, new HostMap(List.of(new HostRange(0, 0x100 * (vm + 1L), FRAMES))));
  }

  @Test
  void tagsTellMachineFrameAndOffsetApartAndAreNotPresent() {
    Set<Integer> tags = new HashSet<>();
    for (int vm = 0; vm < 4; vm++) {
      GuestPhysicalMemory one = memory(vm);
      for (long address = 0; address < BEYOND; address += 4) {
        int word = one.word(address);
        assertEquals(GuestPhysicalMemory.tag(vm, address), word);
        assertEquals(0, word & 1);
        assertTrue(tags.add(word));
      }
    }
  }

  @Test
  void theTopOfATagIsItsMachineBelow256MiB() {
    for (int vm = 0; vm < 15; vm++) {
      assertEquals(vm + 1, GuestPhysicalMemory.tag(vm, 0x0FFF_FFFC) >>> 28);
    }
  }

  @Test
  void readsWhatWasWritten() {
    memory.write(BASE, 0xDEAD_BEEF);
    assertEquals(0xDEAD_BEEF, memory.word(BASE));
    assertEquals(0xDEAD_BEEFL, memory.read(BASE, 4));
    assertEquals(GuestPhysicalMemory.tag(0, BASE + 4), memory.word(BASE + 4));
    memory.write(BASE, 0);
    assertEquals(0, memory.word(BASE), "a zero is not a tag");
  }

  @Test
  void readsAndStoresEightBytesWithTheLowWordFirst() {
    memory.store(BASE, 8, 0x8877_6655_C433_2211L);
    assertEquals(0xC433_2211, memory.word(BASE));
    assertEquals(0x8877_6655, memory.word(BASE + 4));
    assertEquals(0x8877_6655_C433_2211L, memory.read(BASE, 8));
    memory.store(BASE, 4, -1);
    assertEquals(0x8877_6655_FFFF_FFFFL, memory.read(BASE, 8));
  }

  @Test
  void aFrameWithoutMemoryReadsZeroAndForgetsWrites() {
    assertTrue(memory.backed(FRAMES - 1));
    assertFalse(memory.backed(FRAMES));
    memory.write(BEYOND, 7);
    memory.store(BEYOND, 8, 7);
    assertEquals(0, memory.word(BEYOND));
    assertEquals(0, memory.read(BEYOND, 8));
    assertTrue(memory.compareAndSet(BEYOND, 4, 0, 7));
    assertEquals(0, memory.word(BEYOND));
    assertEquals(List.of(), written(FRAMES));
  }

  @Test
  void aFailedLookupDoesNotHideALaterFrame() {
    assertEquals(0, memory.word(BEYOND));
    memory.write(BASE, 5);
    assertEquals(0, memory.word(BEYOND));
    assertEquals(5, memory.word(BASE));
  }

  @Test
  void compareAndSetReplacesWhatIsStillThere() {
    memory.write(BASE, 1);
    assertFalse(memory.compareAndSet(BASE, 4, 2, 3));
    assertEquals(1, memory.word(BASE));
    assertTrue(memory.compareAndSet(BASE, 4, 1, 0xFFFF_FFFFL));
    assertTrue(memory.compareAndSet(BASE, 4, 0xFFFF_FFFFL, 3), "four bytes compare unsigned");
    assertEquals(3, memory.word(BASE));
  }

  @Test
  void compareAndSetOfEightBytesComparesBothWords() {
    memory.store(BASE, 8, 0x0000_0002_0000_0001L);
    assertFalse(memory.compareAndSet(BASE, 8, 1, 0));
    assertTrue(memory.compareAndSet(BASE, 8, 0x0000_0002_0000_0001L, 0x0000_0004_0000_0003L));
    assertEquals(3, memory.word(BASE));
    assertEquals(4, memory.word(BASE + 4));
  }

  @Test
  void compareAndSetMayReplaceATag() {
    long tag = Integer.toUnsignedLong(GuestPhysicalMemory.tag(0, BASE));
    assertTrue(memory.compareAndSet(BASE, 4, tag, 1));
    assertEquals(1, memory.word(BASE));
  }

  @Test
  void visitsTheWrittenWordsOfAFrameInOrder() {
    assertEquals(List.of(), written(3));
    for (int offset : new int[] {0xFFC, 0, 0x100, 4, 0xFC, 0x100}) {
      memory.write(BASE + offset, 0);
    }
    memory.write(BASE + PageSize.BASE_BYTES, 1);
    assertEquals(List.of(BASE, BASE + 4, BASE + 0xFC, BASE + 0x100, BASE + 0xFFC), written(3));
  }

  private List<Long> written(long frame) {
    List<Long> addresses = new ArrayList<>();
    memory.forEachEntry(frame, 4, (address, value) -> addresses.add(address));
    return addresses;
  }
}
