package io.vtlb.conformance.recording;

import io.vtlb.conformance.recording.RecordedFact.Element;
import io.vtlb.model.target.GuestMemory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Guest memory as one recorded walk saw it: the n-th read gives the n-th entry.
 *
 * <p>A recording names the entries of a walk by level only, so that the address of a read is not
 * checked here; where the hypervisor set A or D bits, their addresses are compared.
 */
final class RecordedEntries implements GuestMemory {

  private static final long MAX_32 = 0xFFFF_FFFFL;

  private final List<Element> entries;
  private final int levels;
  private int reads;
  private @Nullable String mismatch;

  /**
   * @param levels how many levels the mode has: the first read is of the highest
   */
  RecordedEntries(List<Element> entries, int levels) {
    this.entries = entries;
    this.levels = levels;
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    int index = reads++;
    if (index >= entries.size()) {
      note(
          "the walk reads an entry of level %s, at 0x%x"
              .formatted(levels - index, physicalAddress));
      return 0;
    }
    Element entry = entries.get(index);
    if (entry.level() != levels - index) {
      note(
          "the walk reads an entry of level %s here, not of %s"
              .formatted(levels - index, entry.level()));
    }
    if (bytes == Integer.BYTES && Long.compareUnsigned(entry.value(), MAX_32) > 0) {
      note("an entry of four bytes cannot be 0x%x".formatted(entry.value()));
    }
    return entry.value();
  }

  private void note(String text) {
    if (mismatch == null) {
      mismatch = text;
    }
  }

  /** How the model's walk read other entries than the recorded one; null if it read the same. */
  @Nullable String mismatch() {
    if (mismatch == null && reads < entries.size()) {
      note("the walk ends after %s of %s entries".formatted(reads, entries.size()));
    }
    return mismatch;
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
