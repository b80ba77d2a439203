package io.vtlb.conformance.library;

import static io.vtlb.conformance.library.Layouts.GUEST;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.vtlb.model.target.GuestMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * What a library calls while it is called: reads and writes of guest memory.
 *
 * <p>An exception cannot pass through native code. It waits here, with all further calls without
 * effect, until the library has returned.
 */
final class GuestCalls {

  /** Machines are numbered from 0 to 15. */
  static final int MOST_MACHINES = 16;

  private final Arena arena;
  private final long read;
  private final long compareAndSet;
  private final long store;

  /** Made when first needed: a library gets the same one for each machine of a number. */
  private final @Nullable MemorySegment[] structs = new MemorySegment[MOST_MACHINES];

  /** The memories of the machines that exist. */
  private final @Nullable GuestMemory[] memories = new GuestMemory[MOST_MACHINES];

  private @Nullable Throwable failure;

  /**
   * @param arena how long a library may call
   */
  GuestCalls(Arena arena) {
    this.arena = arena;
    read = stub("read", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT));
    compareAndSet =
        stub(
            "compareAndSet",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    store = stub("store", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG));
  }

  @SuppressWarnings("restricted") // Being called by native code is what this is for.
  private long stub(String name, FunctionDescriptor signature) {
    try {
      MethodType type = signature.toMethodType();
      return Linker.nativeLinker()
          .upcallStub(MethodHandles.lookup().bind(this, name, type), signature, arena)
          .address();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The memory of a machine from now on.
   *
   * @param window what the library may read itself, or null if it may not
   * @return the address of what the library gets
   */
  long add(int vm, GuestMemory memory, @Nullable MachineWindow window) {
    memories[vm] = memory;
    MemorySegment struct = structs[vm];
    if (struct == null) {
      struct = arena.allocate(GUEST);
      struct.set(JAVA_LONG, Layouts.offset(GUEST, "context"), vm);
      struct.set(JAVA_LONG, Layouts.offset(GUEST, "read"), read);
      struct.set(JAVA_LONG, Layouts.offset(GUEST, "compare_and_set"), compareAndSet);
      struct.set(JAVA_LONG, Layouts.offset(GUEST, "store"), store);
      if (window != null) {
        struct.set(JAVA_LONG, Layouts.offset(GUEST, "memory"), window.address());
        struct.set(JAVA_LONG, Layouts.offset(GUEST, "memory_bytes"), MachineWindow.BYTES);
      }
      structs[vm] = struct;
    }
    return struct.address();
  }

  /** A machine is gone. */
  void remove(int vm) {
    memories[vm] = null;
  }

  /** Every machine is gone. */
  void clear() {
    for (int vm = 0; vm < MOST_MACHINES; vm++) {
      remove(vm);
    }
    failure = null;
  }

  /** Goes on only if nothing went wrong while the library was called. */
  void check() {
    Throwable waiting = failure;
    failure = null;
    switch (waiting) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(waiting);
    }
  }

  // Called by name, from the library.
  @SuppressWarnings("UnusedMethod")
  private long read(long context, long address, int bytes) {
    try {
      GuestMemory memory = memory(context, address, bytes);
      return memory == null ? 0 : memory.read(address, bytes);
    } catch (Throwable e) {
      failed(e);
      return 0;
    }
  }

  @SuppressWarnings("UnusedMethod")
  private int compareAndSet(
      long context, long address, int bytes, long expected, long replacement) {
    try {
      GuestMemory memory = memory(context, address, bytes);
      if (memory == null) {
        return 0;
      }
      requireFits(expected, bytes);
      requireFits(replacement, bytes);
      return memory.compareAndSet(address, bytes, expected, replacement) ? 1 : 0;
    } catch (Throwable e) {
      failed(e);
      return 0;
    }
  }

  @SuppressWarnings("UnusedMethod")
  private void store(long context, long address, int bytes, long value) {
    try {
      GuestMemory memory = memory(context, address, bytes);
      if (memory != null) {
        requireFits(value, bytes);
        memory.store(address, bytes, value);
      }
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void failed(Throwable e) {
    if (failure == null) {
      failure = e;
    }
  }

  /** The memory that a call is about, or null after a failure. */
  private @Nullable GuestMemory memory(long context, long address, int bytes) {
    if (failure != null) {
      return null;
    }
    GuestMemory memory = context >= 0 && context < MOST_MACHINES ? memories[(int) context] : null;
    if (memory == null) {
      throw Result.impossible(
          "the library calls with context 0x%x, which is of no machine that exists"
              .formatted(context));
    }
    if ((bytes != Integer.BYTES && bytes != Long.BYTES) || (address & (bytes - 1)) != 0) {
      throw Result.impossible(
          "the library reads or writes %s bytes of guest memory at 0x%x; %s"
              .formatted(
                  Integer.toUnsignedString(bytes),
                  address,
                  "there must be 4 or 8, at a multiple of their number"));
    }
    return memory;
  }

  private static void requireFits(long value, int bytes) {
    if (bytes == Integer.BYTES && value >>> Integer.SIZE != 0) {
      throw Result.impossible("the library names 0x%x in a write of four bytes".formatted(value));
    }
  }
}
