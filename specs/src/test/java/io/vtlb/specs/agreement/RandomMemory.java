package io.vtlb.specs.agreement;

import io.vtlb.model.target.GuestMemory;
import java.util.HashMap;
import java.util.Map;

/** Memory that holds a random entry wherever one is looked for, and the same again. */
final class RandomMemory implements GuestMemory {

  private final States states;
  private final long set;
  private final Map<Long, Long> entries = new HashMap<>();

  RandomMemory(States states) {
    this(states, 0);
  }

  /**
   * A memory.
   *
   * @param set the bits that every entry has
   */
  RandomMemory(States states, long set) {
    this.states = states;
    this.set = set;
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    long entry = entries.computeIfAbsent(physicalAddress, address -> states.entry() | set);
    return bytes == 4 ? entry & 0xFFFF_FFFFL : entry;
  }

  @Override
  public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
    if (read(physicalAddress, bytes) != expected) {
      return false;
    }
    entries.put(physicalAddress, replacement);
    return true;
  }

  @Override
  public void store(long physicalAddress, int bytes, long value) {
    entries.put(physicalAddress, value);
  }
}
