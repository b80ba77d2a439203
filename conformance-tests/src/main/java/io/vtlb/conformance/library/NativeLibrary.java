package io.vtlb.conformance.library;

import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A native library that implements a virtual TLB, opened in this process.
 *
 * <p>It serves one sequence after another, and is used by one thread at a time. What it crashes, it
 * crashes here.
 */
public final class NativeLibrary implements AutoCloseable {

  /** {@code VTLB_ABI} of the header that is spoken here. */
  private static final int ABI = 1;

  private final Arena arena = Arena.ofShared();
  private final Description description;
  private final @Nullable SharedGuestMemory memory;
  private final NativeCalls calls;
  private @Nullable NativeTlb current;

  private NativeLibrary(Functions functions) throws UnusableLibrary, IOException {
    try {
      MemorySegment struct = arena.allocate(Layouts.DESCRIPTION);
      functions.callDescribe(struct.address());
      description = new DescriptionStruct(struct).read();
      if (description.has(Feature.HOST_OPERATIONS) && functions.follow() == null) {
        throw UnusableLibrary.lacks(Functions.FOLLOW);
      }
      calls = new NativeCalls(functions, arena);
      // Whoever interleaves has to read through the kit, and is given nothing else to read.
      memory = description.has(Feature.INTERLEAVING) ? null : new SharedGuestMemory();
    } catch (UnusableLibrary | IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Opens a library. Native access has to be enabled for this module.
   *
   * @throws UnusableLibrary if it is no library, does not export what include/vtlb.h declares, was
   *     compiled with another version of that, or has an impossible description
   * @throws IOException if guest memory cannot be shared with it
   */
  public static NativeLibrary open(Path file) throws UnusableLibrary, IOException {
    Functions functions = Functions.of(lookup(file));
    int abi = functions.callAbi();
    if (abi != ABI) {
      throw new UnusableLibrary(
          "speaks version %s of include/vtlb.h, this vtlb version %d; compile it with this header"
              .formatted(Integer.toUnsignedString(abi), ABI));
    }
    return new NativeLibrary(functions);
  }

  /** Never unloaded: it may have threads, or have asked to be called when the process exits. */
  @SuppressWarnings("restricted")
  private static SymbolLookup lookup(Path file) throws UnusableLibrary {
    if (!Files.isRegularFile(file)) {
      throw new UnusableLibrary("is no file");
    }
    try {
      return SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new UnusableLibrary("cannot be loaded" + reason(file));
    }
  }

  /** Why a library cannot be loaded, which only this way of loading tells. */
  @SuppressWarnings("restricted")
  private static String reason(Path file) {
    try {
      System.load(file.toAbsolutePath().toString());
      return "";
    } catch (UnsatisfiedLinkError e) {
      String told = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      String path = file.toAbsolutePath() + ": ";
      while (told.startsWith(path)) {
        told = told.substring(path.length());
      }
      return ": " + told;
    }
  }

  /** What the library says about itself. */
  public Description description() {
    return description;
  }

  /** A virtual TLB for one sequence, which ends the one before. */
  public NativeTlb fresh() {
    endCurrent();
    NativeTlb tlb = new NativeTlb(description, calls, memory);
    current = tlb;
    return tlb;
  }

  private void endCurrent() {
    NativeTlb last = current;
    current = null;
    if (last != null) {
      last.close();
    }
  }

  /** Ends the current sequence and takes back all that the library was given. */
  @Override
  public void close() {
    endCurrent();
    arena.close();
    if (memory != null) {
      memory.close();
    }
  }
}
