package io.vtlb.conformance.recording;

import io.vtlb.model.target.GuestMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * Guest memory in which each read of a walk chooses one of the values that the entry may be read
 * as; {@link #advance} goes on to the next combination.
 */
final class VersionChoice implements GuestMemory {

  private final EntryVersions versions;
  private final long page;
  private final List<Integer> choices = new ArrayList<>();
  private final List<Integer> candidates = new ArrayList<>();
  private int reads;
  private boolean known;

  VersionChoice(EntryVersions versions, long page) {
    this.versions = versions;
    this.page = page;
  }

  /** Starts a walk with the present combination. */
  void restart() {
    reads = 0;
    known = true;
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    int index = reads++;
    if (!versions.known(physicalAddress)) {
      known = false;
      return 0;
    }
    List<Long> values = versions.candidates(physicalAddress, page);
    if (index == choices.size()) {
      choices.add(0);
      candidates.add(values.size());
    }
    return values.get(choices.get(index));
  }

  /** False if the walk read an entry of which nothing is known. */
  boolean known() {
    return known;
  }

  /** True if the n-th read was of an older value. */
  boolean old(int index) {
    return index < choices.size() && choices.get(index) > 0;
  }

  boolean anyOld() {
    return choices.stream().anyMatch(choice -> choice > 0);
  }

  /** Goes on to the next combination, the last read fastest; false after the last combination. */
  boolean advance() {
    while (!choices.isEmpty()) {
      int next = choices.removeLast() + 1;
      int count = candidates.removeLast();
      if (next < count) {
        choices.add(next);
        candidates.add(count);
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
    throw new UnsupportedOperationException("a recording is not written to");
  }

  @Override
  public void store(long physicalAddress, int bytes, long value) {
    throw new UnsupportedOperationException("a recording is not written to");
  }
}
