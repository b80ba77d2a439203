package io.vtlb.conformance.library;

import static io.vtlb.conformance.library.OddLibrary.CPU;
import static io.vtlb.conformance.library.OddLibrary.MAP;
import static io.vtlb.conformance.library.OddLibrary.asking;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.run.Misbehaviour.Kind;
import io.vtlb.conformance.run.TargetFailure;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.ActiveEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a library answers, right and wrong. */
class OddAnswersTest {

  @TempDir private static Path folder;
  private static Path file;

  private final GuestPhysicalMemory memory = new GuestPhysicalMemory(0, MAP);
  private NativeLibrary library;
  private NativeTlb tlb;

  @BeforeAll
  static void compile() throws IOException, InterruptedException {
    file = CCompiler.odd(folder);
  }

  @BeforeEach
  void start() throws IOException, UnusableLibrary {
    library = NativeLibrary.open(file);
    tlb = OddLibrary.started(library, memory);
  }

  @AfterEach
  void end() {
    library.close();
  }

  private List<ActiveEntry> shown() {
    return tlb.activeEntries(CPU, PrivilegeSet.SUPERVISOR);
  }

  private static void assertImpossible(TargetFailure failure, String words) {
    assertEquals(Kind.IMPOSSIBLE_VALUE, failure.misbehaviour().kind());
    assertTrue(failure.misbehaviour().told().contains(words), failure.misbehaviour().told());
  }

  @ParameterizedTest
  @CsvSource({
    "0x1, impossible action: 0",
    "0x2, impossible action: 5",
    "0x3, impossible resync: 0",
    "0x4, impossible cause: 9",
    "0x5, impossible resync: 5",
    "0x6, has 65 drops",
    "0x7, has 18446744073709551615 drops",
    "0x8, impossible drop: kind 0",
    "0x9, vcpu 4294967295",
    "0xc, returned 77",
    "0xd, 3 bytes of guest memory at 0x1000",
    "0xe, 8 bytes of guest memory at 0x1004",
    "0xf, 0xffffffffffffffff in a write of four bytes",
    "0x10, context 0xf",
  })
  void responsesThatCannotBe(String oddity, String words) {
    Event event = asking(Long.decode(oddity));
    assertImpossible(assertThrows(TargetFailure.class, () -> tlb.handle(event)), words);
  }

  @ParameterizedTest
  @CsvSource({
    "0x20, rights",
    "0x21, key",
    "0x22, key",
    "0x23, page number",
    "0x24, pages",
    "0x25, pages",
    "0x26, called again",
    "0x27, more than 1048576 entries",
  })
  void entriesThatCannotBe(String oddity, String words) {
    tlb.handle(asking(Long.decode(oddity)));
    assertImpossible(assertThrows(TargetFailure.class, this::shown), words);
  }

  @Test
  void whatIsNotServedIsNamed() {
    Event event = new Event.InvalidatePage(CPU, 0x5000);
    String told =
        assertThrows(UnsupportedOperationException.class, () -> tlb.handle(event)).getMessage();
    assertEquals("vtlb_handle returned VTLB_UNSUPPORTED", told);
    assertThrows(UnsupportedOperationException.class, () -> tlb.handle(asking(0xa)));
    var protect = new HostOperation.ProtectFrames(0, 0, 1, true);
    assertThrows(UnsupportedOperationException.class, () -> tlb.follow(protect));
    NativeTlb another = library.fresh();
    assertThrows(
        UnsupportedOperationException.class, () -> another.create(OddLibrary.machine(2), memory));
  }

  @Test
  void givingUpIsACrash() {
    TargetFailure failure = assertThrows(TargetFailure.class, () -> tlb.handle(asking(0xb)));
    assertEquals(Kind.GAVE_UP, failure.misbehaviour().kind());
    var resize = new HostOperation.ResizePages(0, 0, 8, 1);
    failure = assertThrows(TargetFailure.class, () -> tlb.follow(resize));
    assertEquals("vtlb_follow", failure.misbehaviour().detail());
  }

  @Test
  void whatIsPossibleIsRead() {
    memory.store(0x1000, 8, 0x1_0000_0002L);
    tlb.stored(0, 0x1000, 8, 0x1_0000_0002L);
    var inject = new Response.Action.InjectPageFault(new FaultCode(0x15), 0x2_0000_0004L);
    assertEquals(Response.of(inject), tlb.handle(asking(0x11)));
    List<ProcessorDrop> drops = tlb.handle(asking(0x13)).drops();
    assertEquals(64, drops.size());
    assertEquals(new ProcessorDrop.Page(CPU, 63), drops.get(63));
  }

  @Test
  void writesReachBothViewsOfMemory() {
    memory.store(0x1000, 8, 0x2003);
    tlb.stored(0, 0x1000, 8, 0x2003);
    assertEquals(new Response.Action.StoreEmulated(), tlb.handle(asking(0x12)).action());
    assertEquals(0x2023, memory.read(0x1000, 4));
    var inject = new Response.Action.InjectPageFault(new FaultCode(0x15), 2 * 0x2023);
    assertEquals(inject, tlb.handle(asking(0x11)).action());
    assertEquals(new Response.Action.DeviceAccess(), tlb.handle(asking(0x12)).action());
  }

  @Test
  void entriesAreReadAndStayTheSameList() {
    tlb.handle(asking(0x28));
    List<ActiveEntry> many = shown();
    assertEquals(200, many.size());
    assertEquals(0x400 + 199, many.get(199).page());
    assertSame(many, shown());
    tlb.handle(asking(0x2b));
    assertEquals(many.subList(0, 2), shown());
    tlb.handle(asking(0x2a));
    assertEquals(List.of(), shown());
    tlb.handle(asking(0x29));
    assertEquals(-1, shown().getFirst().page());
    tlb.handle(asking(0x28));
    assertNotSame(many, shown());
    assertEquals(many, shown());
  }

  @Test
  void hostOperationsAreFollowed() {
    HostResponse response = tlb.follow(new HostOperation.StartDirtyLog(0));
    assertEquals(List.of(new ProcessorDrop.Everything(CPU)), response.drops());
    response = tlb.follow(new HostOperation.HarvestDirtyLog(0));
    assertEquals(new HostResponse(List.of(), Set.of(5L, 7L)), response);
    tlb.handle(asking(0x30));
    var harvest = new HostOperation.HarvestDirtyLog(0);
    assertImpossible(
        assertThrows(TargetFailure.class, () -> tlb.follow(harvest)), "has 524289 dirty frames");
  }
}
