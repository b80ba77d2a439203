package io.vtlb.conformance.design.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With 32-bit paging, the root in frame 1 and a table in frame 2 that maps page 3. */
class ProcessorWalkTest {

  private static final long PDE = 0x1000;
  private static final long PTE = 0x200C;
  private static final ControlState CONTROL =
      new ControlState(ControlState.CR0_PE | ControlState.CR0_PG, 0x1000, 0, 0);
  private static final HostMap HOST = new HostMap(List.of(new HostRange(0, 0x100, 64)));

  private final GuestPhysicalMemory memory = new GuestPhysicalMemory(0, HOST);

  private ProcessorWalk.Outcome walk(GuestMemory through, AccessKind kind) {
    return ProcessorWalk.of(
        new Walker(Profile.GENERIC_32),
        through,
        CONTROL,
        new Access(0x3000, kind, PrivilegeSet.SUPERVISOR));
  }

  @Test
  void setsAccessedOnItsWayAndDirtyInTheLeafOfAStore() {
    memory.write(PDE, 0x2003);
    memory.write(PTE, 0x5003);
    var permitted =
        assertInstanceOf(ProcessorWalk.Outcome.Permitted.class, walk(memory, AccessKind.STORE));
    assertEquals(0x2023, memory.word(PDE));
    assertEquals(0x5063, memory.word(PTE));
    assertEquals(
        List.of(0x2023L, 0x5063L),
        permitted.steps().stream().map(ProcessorWalk.Step::entry).toList());
    assertEquals(2, permitted.steps().getLast().reached().table());
    assertEquals(5, permitted.guest().frame());
  }

  @Test
  void setsNothingInTheEntryThatStopsIt() {
    memory.write(PDE, 0x2003);
    memory.write(PTE, 0x5002);
    assertInstanceOf(ProcessorWalk.Outcome.Denied.class, walk(memory, AccessKind.LOAD));
    assertEquals(0x2023, memory.word(PDE));
    assertEquals(0x5002, memory.word(PTE));
  }

  @Test
  void anEntryThatChangesUnderItIsReadAgain() {
    memory.write(PDE, 0x2003);
    memory.write(PTE, 0x5003);
    List<Long> read = new ArrayList<>();
    walk(new Meddling(read), AccessKind.LOAD);
    assertEquals(List.of(PDE, PTE, PTE), read);
    assertEquals(0x6023, memory.word(PTE));
  }

  @Test
  void whatItSetsIsLogged() {
    memory.write(PDE, 0x2003);
    memory.write(PTE, 0x5023);
    HostMemory host = new HostMemory(HOST);
    host.follow(new HostOperation.StartDirtyLog(0));
    walk(new LoggedMemory(memory, host), AccessKind.LOAD);
    assertEquals(Set.of(1L), host.follow(new HostOperation.HarvestDirtyLog(0)));
  }

  /** Another processor stores to the leaf right after it was first read. */
  private final class Meddling implements GuestMemory {

    private final List<Long> read;

    Meddling(List<Long> read) {
      this.read = read;
    }

    @Override
    public long read(long physicalAddress, int bytes) {
      read.add(physicalAddress);
      long value = memory.read(physicalAddress, bytes);
      if (physicalAddress == PTE) {
        memory.write(PTE, 0x6003);
      }
      return value;
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
}
