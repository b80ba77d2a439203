package io.vtlb.model.memory;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import java.util.HashMap;
import java.util.Map;
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
  private static final long EVEN_WORDS = 0x5555_5555_5555_5555L;

  private final int vm;
  private HostMap hostMap;

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

  /** What stands behind each guest frame now. */
  public HostMap hostMap() {
    return hostMap;
  }

  /**
   * The host has put other memory behind some frames: those that stay backed keep what they hold,
   * the others lose it.
   */
  public void remap(HostMap now) {
    hostMap = now;
    for (int frame = 0; frame < LOW_FRAMES; frame++) {
      if (low[frame] != null && !backed(frame)) {
        low[frame] = null;
      }
    }
    high.keySet().removeIf(frame -> !backed(frame));
  }

  /** True if there is memory behind a guest frame. */
  public boolean backed(long frame) {
    return hostMap.hostFrame(frame) != HostMap.NO_FRAME;
  }

  /** The word at an address that is a multiple of four. */
  public int word(long physicalAddress) {
    Frame frame = frame(physicalAddress >>> PageSize.BASE_SHIFT);
    int index = index(physicalAddress);
    if (frame != null) {
      return frame.value(vm, index, physicalAddress);
    }
    return backed(physicalAddress >>> PageSize.BASE_SHIFT) ? tag(vm, physicalAddress) : 0;
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

  /** Is told of entries of a table: where they are, in bytes, and what they hold. */
  @FunctionalInterface
  public interface EntryVisitor {
    void entry(long physicalAddress, long value);
  }

  /**
   * Visits each entry of a frame whose first word was ever written, ascending; no other entry is
   * present.
   *
   * @param bytes the width of an entry, 4 or 8
   */
  public void forEachEntry(long frameNumber, int bytes, EntryVisitor visitor) {
    Frame frame = frame(frameNumber);
    if (frame != null) {
      frame.forEachEntry(vm, frameNumber << PageSize.BASE_SHIFT, bytes, visitor);
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

    void forEachEntry(int vm, long base, int bytes, EntryVisitor visitor) {
      long firstWords = bytes == WORD_BYTES ? -1L : EVEN_WORDS;
      for (int group = 0; group < written.length; group++) {
        for (long bits = written[group] & firstWords; bits != 0; bits &= bits - 1) {
          int index = group * Long.SIZE + Long.numberOfTrailingZeros(bits);
          long address = base + (long) index * WORD_BYTES;
          long entry = Integer.toUnsignedLong(word(index));
          if (bytes > WORD_BYTES) {
            entry |= (long) value(vm, index + 1, address + WORD_BYTES) << 32;
          }
          visitor.entry(address, entry);
        }
      }
    }

    private int value(int vm, int index, long physicalAddress) {
      return isWritten(index) ? word(index) : tag(vm, physicalAddress);
    }
  }
}
