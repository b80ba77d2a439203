package io.vtlb.model.memory;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The guest-physical memory of one virtual machine, in words of four bytes, sparse.
 *
 * <p>A word that was never written holds its tag: a value unique to machine, frame and offset, so
 * that a load's value tells which frame it read. Bit 0 of a tag is clear, so that read as an entry
 * it is not present. Where the host map has no memory, reads give zero and writes have no effect.
 */
public final class GuestPhysicalMemory implements GuestMemory {

  private static final int WORD_BYTES = 4;
  private static final int LOW_FRAMES = 64;
  private static final int WORDS = PageSize.BASE_BYTES / WORD_BYTES;

  private final int vm;
  private final HostMap hostMap;

  /** Where nearly every access goes: an array, since every walk reads memory. */
  private final @Nullable Frame[] low = new Frame[LOW_FRAMES];

  private final Map<Long, Frame> high = new HashMap<>();

  public GuestPhysicalMemory(int vm, HostMap hostMap) {
    this.vm = vm;
    this.hostMap = hostMap;
  }

  /** What a word holds until it is written: machine, frame and offset, with bit 0 clear. */
  public static int tag(int vm, long physicalAddress) {
    return (vm + 1) << 28 ^ (int) physicalAddress;
  }

  /** True if there is memory behind a guest frame. */
  public boolean backed(long frame) {
    return hostMap.hostFrame(frame) != HostMap.NO_FRAME;
  }

  /** The word at an address that is a multiple of four. */
  public int word(long physicalAddress) {
    Frame frame = frame(physicalAddress >>> PageSize.BASE_SHIFT);
    int index = index(physicalAddress);
    if (frame != null && frame.isWritten(index)) {
      return frame.word(index);
    }
    return frame != null || backed(physicalAddress >>> PageSize.BASE_SHIFT)
        ? tag(vm, physicalAddress)
        : 0;
  }

  /** Writes the word at an address that is a multiple of four. */
  public void write(long physicalAddress, int value) {
    long number = physicalAddress >>> PageSize.BASE_SHIFT;
    Frame frame = frame(number);
    if (frame == null) {
      if (!backed(number)) {
        return;
      }
      frame = new Frame();
      if (number < LOW_FRAMES) {
        low[(int) number] = frame;
      } else {
        high.put(number, frame);
      }
    }
    frame.write(index(physicalAddress), value);
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    long low = Integer.toUnsignedLong(word(physicalAddress));
    return bytes == WORD_BYTES ? low : low | (long) word(physicalAddress + WORD_BYTES) << 32;
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
    write(physicalAddress, (int) value);
    if (bytes > WORD_BYTES) {
      write(physicalAddress + WORD_BYTES, (int) (value >>> 32));
    }
  }

  /** Visits the address of each word of a frame that was ever written, ascending. */
  public void forEachWritten(long frameNumber, LongConsumer visitor) {
    Frame frame = frame(frameNumber);
    if (frame != null) {
      frame.forEachWritten(frameNumber << PageSize.BASE_SHIFT, visitor);
    }
  }

  private @Nullable Frame frame(long number) {
    return number >= 0 && number < LOW_FRAMES ? low[(int) number] : high.get(number);
  }

  private static int index(long physicalAddress) {
    return PageSize.offset(physicalAddress) / WORD_BYTES;
  }

  /**
   * The words of one frame in groups of {@link Long#SIZE}, with a bit for each that was written;
   * most groups never are, and stay absent.
   */
  private static final class Frame {

    private final int[] @Nullable [] groups = new int[WORDS / Long.SIZE][];
    private final long[] written = new long[WORDS / Long.SIZE];

    boolean isWritten(int index) {
      return (written[index >>> 6] & 1L << index) != 0;
    }

    /** A word that was written. */
    int word(int index) {
      int[] group = groups[index >>> 6];
      return group == null ? 0 : group[index & 63];
    }

    void write(int index, int value) {
      int[] group = groups[index >>> 6];
      if (group == null) {
        group = new int[Long.SIZE];
        groups[index >>> 6] = group;
      }
      group[index & 63] = value;
      written[index >>> 6] |= 1L << index;
    }

    void forEachWritten(long base, LongConsumer visitor) {
      for (int group = 0; group < written.length; group++) {
        for (long bits = written[group]; bits != 0; bits &= bits - 1) {
          int index = group * Long.SIZE + Long.numberOfTrailingZeros(bits);
          visitor.accept(base + (long) index * WORD_BYTES);
        }
      }
    }
  }
}
