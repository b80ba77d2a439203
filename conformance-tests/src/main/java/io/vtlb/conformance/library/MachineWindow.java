package io.vtlb.conformance.library;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.trace.Machine;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;

/**
 * The low memory of one machine as a library may read it: guest-physical addresses 0 to {@link
 * #BYTES} - 1, beyond which it has to ask.
 *
 * <p>A frame of which no word was ever written reads as zero; in others the words that were not
 * show their tags.
 */
final class MachineWindow {

  /** How much of guest memory can be seen, in bytes. */
  static final long BYTES = 1L << 31;

  /** How many frames can be seen. */
  static final long FRAMES = BYTES >>> PageSize.BASE_SHIFT;

  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final HostMap NO_MEMORY = new HostMap(List.of());

  private final int vm;
  private final MemorySegment writable;
  private final MemorySegment shown;

  /** Frames with a word that was written; all others are zero. */
  private final BitSet written = new BitSet();

  private List<Machine.Word> initial = List.of();
  private HostMap hostMap = NO_MEMORY;

  /**
   * @param writable the memory as the kit sees it
   * @param shown the same as the library sees it
   */
  MachineWindow(int vm, MemorySegment writable, MemorySegment shown) {
    this.vm = vm;
    this.writable = writable;
    this.shown = shown;
  }

  /** Where the library finds it. */
  long address() {
    return shown.address();
  }

  /** What the memory will hold once the machine is created. */
  void holds(List<Machine.Word> words) {
    initial = words;
  }

  /** The machine comes into being; what one before it held is gone. */
  void create(HostMap behind) {
    forget(0, FRAMES);
    hostMap = behind;
    for (Machine.Word word : initial) {
      store(word.physicalAddress(), word.value());
    }
    initial = List.of();
  }

  /** Somebody has written, where there may be no memory. */
  void stored(long physicalAddress, int bytes, long value) {
    store(physicalAddress, (int) value);
    if (bytes > Integer.BYTES) {
      store(physicalAddress + Integer.BYTES, (int) (value >>> Integer.SIZE));
    }
  }

  private void store(long physicalAddress, int value) {
    long frame = physicalAddress >>> PageSize.BASE_SHIFT;
    if (frame >= FRAMES) {
      return;
    }
    if (!written.get((int) frame)) {
      if (hostMap.hostFrame(frame) == HostMap.NO_FRAME) {
        return;
      }
      written.set((int) frame);
      writeTags(frame << PageSize.BASE_SHIFT);
    }
    writable.set(WORD, physicalAddress, value);
  }

  private void writeTags(long first) {
    for (int offset = 0; offset < PageSize.BASE_BYTES; offset += Integer.BYTES) {
      writable.set(WORD, first + offset, GuestPhysicalMemory.tag(vm, first + offset));
    }
  }

  /** The host has done something: frames without memory lose what they held. */
  void follow(HostOperation operation) {
    hostMap = hostMap.after(operation);
    if (operation instanceof UnmapFrames(int machine, long guestFrame, long frames)) {
      forget(Math.min(guestFrame, FRAMES), Math.min(guestFrame + frames, FRAMES));
    }
  }

  private void forget(long first, long end) {
    for (int frame = written.nextSetBit((int) first);
        frame >= 0 && frame < end;
        frame = written.nextSetBit(frame + 1)) {
      writable.asSlice(PageSize.address(frame, 0), PageSize.BASE_BYTES).fill((byte) 0);
    }
    written.clear((int) first, (int) end);
  }
}
