package io.vtlb.conformance.library;

import static io.vtlb.conformance.library.OddLibrary.CPU;
import static io.vtlb.conformance.library.OddLibrary.MAP;
import static io.vtlb.conformance.library.OddLibrary.asking;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.run.Misbehaviour.Kind;
import io.vtlb.conformance.run.TargetFailure;
import io.vtlb.model.event.Response.Action.InjectPageFault;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.ObservationLevel;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries are opened, refused and ended. */
class NativeLibraryTest {

  @TempDir private Path folder;

  private final GuestPhysicalMemory memory = new GuestPhysicalMemory(0, MAP);

  /** Guest memory that does something else at each read. */
  private record Interrupted(GuestMemory memory, Runnable atRead) implements GuestMemory {

    @Override
    public long read(long physicalAddress, int bytes) {
      atRead.run();
      return memory.read(physicalAddress, bytes);
    }

    @Override
    public boolean compareAndSet(long address, int bytes, long expected, long replacement) {
      return memory.compareAndSet(address, bytes, expected, replacement);
    }

    @Override
    public void store(long physicalAddress, int bytes, long value) {
      memory.store(physicalAddress, bytes, value);
    }
  }

  @Test
  void aLibrarySaysWhatItIs() throws Exception {
    try (NativeLibrary library = NativeLibrary.open(CCompiler.odd(folder))) {
      Description expected =
          new Description(
              "odd",
              "0.1",
              ObservationLevel.ACTIVE_STRUCTURE,
              Set.of(Paging.TWO_LEVEL, Paging.FIVE_LEVEL),
              Set.of(Feature.HOST_OPERATIONS));
      assertEquals(expected, library.description());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LACKS_HANDLE, 'does not export vtlb_handle;'",
    "LACKS_FOLLOW, 'does not export vtlb_follow;'",
    "OTHER_ABI, 'speaks version 2 of include/vtlb.h, this vtlb version 1'",
    "NO_NAME, name is empty",
    "ENDLESS_NAME, name does not end in a zero",
    "NO_LEVEL, 'level must be 2 or 3, not 0'",
    "NO_MODES, modes is 0",
    "UNKNOWN_FEATURE, 'features has unknown bits: 0x80000000'",
  })
  void whatIsWrongWithALibraryIsTold(String word, String told) throws Exception {
    Path file = CCompiler.odd(folder, word);
    UnusableLibrary refused =
        assertThrows(UnusableLibrary.class, () -> NativeLibrary.open(file).close());
    assertTrue(refused.getMessage().contains(told), refused.getMessage());
  }

  @Test
  void followIsOnlyNeededWhereTheHostActs() throws Exception {
    NativeLibrary.open(CCompiler.odd(folder, "LACKS_FOLLOW", "NO_FEATURES")).close();
  }

  @Test
  void everyFunctionThatIsMissingIsNamed() throws Exception {
    Path source = Files.writeString(folder.resolve("other.c"), "int other(void) { return 1; }");
    Path file = CCompiler.library(source, folder.resolve("other.so"));
    String told = assertThrows(UnusableLibrary.class, () -> NativeLibrary.open(file)).getMessage();
    String all = "vtlb_abi, vtlb_describe, vtlb_new, vtlb_delete, vtlb_create, vtlb_handle";
    assertTrue(told.contains("does not export " + all + ", vtlb_entries;"), told);
  }

  @Test
  void whatIsNoLibraryIsRefused() throws Exception {
    Path source = Files.writeString(folder.resolve("main.c"), "int main(void) { return 0; }");
    Path program = folder.resolve("main");
    CCompiler.run("cc", List.of(source.toString(), "-o", program.toString()));
    String told =
        assertThrows(UnusableLibrary.class, () -> NativeLibrary.open(program)).getMessage();
    assertTrue(told.startsWith("cannot be loaded: "), told);
    assertTrue(told.lines().count() == 1, told);
    Path none = folder.resolve("none.so");
    told = assertThrows(UnusableLibrary.class, () -> NativeLibrary.open(none)).getMessage();
    assertEquals("is no file", told);
  }

  @Test
  void aLibraryThatDoesNotBeginHasGivenUp() throws Exception {
    try (NativeLibrary library = NativeLibrary.open(CCompiler.odd(folder, "NEVER_BEGINS"))) {
      TargetFailure failure =
          assertThrows(TargetFailure.class, () -> OddLibrary.started(library, memory));
      assertEquals(Kind.GAVE_UP, failure.misbehaviour().kind());
    }
  }

  @Test
  void instancesAreDeleted() throws Exception {
    Path file = CCompiler.odd(folder);
    try (NativeLibrary library = NativeLibrary.open(file)) {
      NativeTlb first = OddLibrary.started(library, memory);
      assertEquals(1, instances(file));
      NativeTlb second = OddLibrary.started(library, memory);
      assertEquals(1, instances(file), "the one before has ended");
      assertThrows(IllegalStateException.class, () -> first.handle(asking(0)));
      second.close();
      assertEquals(0, instances(file));
      second.close();
      OddLibrary.started(library, memory);
    }
    assertEquals(0, instances(file));
  }

  @SuppressWarnings("restricted")
  private static int instances(Path file) throws Exception {
    var function = SymbolLookup.libraryLookup(file, Arena.global()).find("odd_instances");
    var type = FunctionDescriptor.of(ValueLayout.JAVA_INT);
    try {
      return (int) Linker.nativeLinker().downcallHandle(function.orElseThrow(), type).invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anExceptionPassesAroundTheLibrary() throws Exception {
    try (NativeLibrary library = NativeLibrary.open(CCompiler.odd(folder))) {
      IllegalStateException thrown = new IllegalStateException("from the kit");
      List<RuntimeException> waiting = new ArrayList<>(List.of(thrown));
      Runnable once =
          () -> {
            if (!waiting.isEmpty()) {
              throw waiting.removeFirst();
            }
          };
      NativeTlb tlb = OddLibrary.started(library, new Interrupted(memory, once));
      assertSame(thrown, assertThrows(IllegalStateException.class, () -> tlb.handle(asking(0x11))));
      assertEquals(0x15, injected(tlb));
    }
  }

  private static int injected(NativeTlb tlb) {
    return tlb.handle(asking(0x11)).action() instanceof InjectPageFault inject
        ? inject.code().bits()
        : -1;
  }

  @Test
  void otherCallsComeInsideARead() throws Exception {
    try (NativeLibrary library = NativeLibrary.open(CCompiler.odd(folder, "INTERLEAVES"))) {
      List<Object> seen = new ArrayList<>();
      NativeTlb[] tlb = new NativeTlb[1];
      Runnable inside =
          () -> {
            seen.add(tlb[0].activeEntries(CPU, PrivilegeSet.SUPERVISOR).size());
            seen.add(tlb[0].follow(new HostOperation.UnmapFrames(0, 7, 1)).drops().size());
          };
      tlb[0] = OddLibrary.started(library, new Interrupted(memory, inside));
      assertEquals(0x15, injected(tlb[0]));
      assertEquals(List.of(1, 1), seen);
    }
  }
}
