package io.vtlb.conformance.library;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions that a library exports. Pointers are passed as addresses, which is the same to a
 * 64-bit processor and spares each call from guarding what they point to; whoever calls keeps it.
 *
 * <p>None is linked as critical: all but the first two may call back.
 *
 * @param follow may be missing where no host operations are declared
 */
record Functions(
    MemorySegment abi,
    MemorySegment describe,
    MemorySegment begin,
    MemorySegment delete,
    MemorySegment create,
    MemorySegment handle,
    MemorySegment entries,
    @Nullable MemorySegment follow) {

  /** What the header calls the function that only some libraries need. */
  static final String FOLLOW = "vtlb_follow";

  // Constants, so that calls are compiled into the callers; each takes the address of its function.
  private static final MethodHandle TO_INT = link(FunctionDescriptor.of(JAVA_INT));
  private static final MethodHandle TO_LONG = link(FunctionDescriptor.of(JAVA_LONG));
  private static final MethodHandle FROM_LONG = link(FunctionDescriptor.ofVoid(JAVA_LONG));
  private static final MethodHandle TWO_TO_INT =
      link(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle THREE_TO_INT =
      link(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle ENTRIES =
      link(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));

  /**
   * Finds the functions of a library.
   *
   * @throws UnusableLibrary if it lacks any that every library needs
   */
  static Functions of(SymbolLookup library) throws UnusableLibrary {
    List<String> missing = new ArrayList<>();
    Functions found =
        new Functions(
            find(library, "vtlb_abi", missing),
            find(library, "vtlb_describe", missing),
            find(library, "vtlb_new", missing),
            find(library, "vtlb_delete", missing),
            find(library, "vtlb_create", missing),
            find(library, "vtlb_handle", missing),
            find(library, "vtlb_entries", missing),
            library.find(FOLLOW).orElse(null));
    if (!missing.isEmpty()) {
      throw UnusableLibrary.lacks(String.join(", ", missing));
    }
    return found;
  }

  private static MemorySegment find(SymbolLookup library, String name, List<String> missing) {
    return library
        .find(name)
        .orElseGet(() -> {
          missing.add(name);
          return MemorySegment.NULL;
        });
  }

  @SuppressWarnings("restricted") // Calling native code is what this is for.
  private static MethodHandle link(FunctionDescriptor signature) {
    return Linker.nativeLinker().downcallHandle(signature);
  }

  int callAbi() {
    try {
      return (int) TO_INT.invokeExact(abi);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void callDescribe(long description) {
    try {
      FROM_LONG.invokeExact(describe, description);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** An instance, or 0. */
  long callNew() {
    try {
      return (long) TO_LONG.invokeExact(begin);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void callDelete(long instance) {
    try {
      FROM_LONG.invokeExact(delete, instance);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  int callCreate(long instance, long machine) {
    try {
      return (int) TWO_TO_INT.invokeExact(create, instance, machine);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  int callHandle(long instance, long event, long response) {
    try {
      return (int) THREE_TO_INT.invokeExact(handle, instance, event, response);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  long callEntries(long instance, int vm, int vcpu, int set, long entries, long room) {
    try {
      return (long) ENTRIES.invokeExact(this.entries, instance, vm, vcpu, set, entries, room);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  int callFollow(long instance, long operation, long response) {
    if (follow == null) {
      throw new IllegalStateException("the library does not follow what its host does");
    }
    try {
      return (int) THREE_TO_INT.invokeExact(follow, instance, operation, response);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** A native function throws nothing; it was linked or called wrongly. */
  private static IllegalStateException failed(Throwable e) {
    return new IllegalStateException("a native function could not be called", e);
  }
}
