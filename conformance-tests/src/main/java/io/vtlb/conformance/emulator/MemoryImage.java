package io.vtlb.conformance.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Guest-physical memory as it is written word by word; what was never written is zero. */
public final class MemoryImage {

  private final TreeMap<Long, Long> words = new TreeMap<>();

  /** An image in which nothing is written. */
  public MemoryImage() {}

  /** An image that holds these words. */
  public MemoryImage(List<Word> words) {
    words.forEach(word -> this.words.put(word.physical(), word.value()));
  }

  /** True if the word that holds a byte was written. */
  public boolean isWritten(long physical) {
    return words.containsKey(physical & -Long.BYTES);
  }

  /**
   * Reads up to eight bytes, little-endian, at any address.
   *
   * @param bytes 1 to 8
   */
  public long read(long physical, int bytes) {
    int shift = shift(physical);
    long value = word(physical) >>> shift;
    if (shift + bytes * Byte.SIZE > Long.SIZE) {
      value |= word(physical + Long.BYTES) << (Long.SIZE - shift);
    }
    return value & mask(bytes);
  }

  /**
   * Writes up to eight bytes, little-endian, at any address.
   *
   * @param bytes 1 to 8
   */
  public void write(long physical, int bytes, long value) {
    int shift = shift(physical);
    merge(physical, mask(bytes) << shift, value << shift);
    if (shift + bytes * Byte.SIZE > Long.SIZE) {
      int written = Long.SIZE - shift;
      merge(physical + Long.BYTES, mask(bytes) >>> written, value >>> written);
    }
  }

  /** The words that were written, by ascending address. */
  public List<Word> words() {
    List<Word> list = new ArrayList<>(words.size());
    words.forEach((physical, value) -> list.add(new Word(physical, value)));
    return list;
  }

  private long word(long physical) {
    return words.getOrDefault(physical & -Long.BYTES, 0L);
  }

  private void merge(long physical, long mask, long value) {
    words.put(physical & -Long.BYTES, (word(physical) & ~mask) | (value & mask));
  }

  private static int shift(long physical) {
    return (int) (physical & (Long.BYTES - 1)) * Byte.SIZE;
  }

  private static long mask(int bytes) {
    return -1L >>> (Long.SIZE - bytes * Byte.SIZE);
  }
}
