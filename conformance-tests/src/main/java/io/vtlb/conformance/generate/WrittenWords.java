package io.vtlb.conformance.generate;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.trace.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The words of guest memory that a generator has written, which is all that it knows; the rest
 * reads as zero.
 */
final class WrittenWords implements GuestMemory {

  private final TreeMap<Long, Integer> words = new TreeMap<>();

  @Override
  public long read(long physicalAddress, int bytes) {
    long low = Integer.toUnsignedLong(words.getOrDefault(physicalAddress, 0));
    return bytes == Integer.BYTES
        ? low
        : low | (long) words.getOrDefault(physicalAddress + Integer.BYTES, 0) << Integer.SIZE;
  }

  @Override
  public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
    if (read(physicalAddress, bytes) != expected) {
      return false;
    }
    store(physicalAddress, bytes, replacement);
    return true;
  }

  @Override
  public void store(long physicalAddress, int bytes, long value) {
    words.put(physicalAddress, (int) value);
    if (bytes > Integer.BYTES) {
      words.put(physicalAddress + Integer.BYTES, (int) (value >>> Integer.SIZE));
    }
  }

  void store(Machine.Word word) {
    words.put(word.physicalAddress(), word.value());
  }

  void clear() {
    words.clear();
  }

  /** Forgets what frames held that have lost their memory. */
  void forget(long frame, long frames) {
    words.subMap(frame << PageSize.BASE_SHIFT, (frame + frames) << PageSize.BASE_SHIFT).clear();
  }

  /** The words by ascending address. */
  List<Machine.Word> list() {
    List<Machine.Word> list = new ArrayList<>(words.size());
    words.forEach((address, value) -> list.add(new Machine.Word(address, value)));
    return list;
  }
}
