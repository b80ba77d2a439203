package io.vtlb.conformance.reduce;

import static io.vtlb.conformance.reduce.MappedPage.CPU;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.trace.LongSamples;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation.ChangeAlignmentCheck;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePcid;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.GuestOperation.WriteProtectionKeyRights;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.ResizePages;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.trace.Sequence;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimplerOperationsTest {

  private static List<Operation> simpler(Operation operation) {
    return SimplerOperations.of(new Sequence(LongSamples.world(), List.of(operation)))
        .map(sequence -> sequence.operations().getFirst())
        .toList();
  }

  @Test
  void aWideAccessBecomesEitherHalf() {
    assertEquals(
        List.of(new Load(CPU, 0x1000, 8), new Load(CPU, 0x1ffc, 4), new Load(CPU, 0x2000, 4)),
        simpler(new Load(CPU, 0x1ffc, 8)));
    List<Operation> stores = simpler(new Store(CPU, 0, 0x8000_0000_0000_2003L, 8));
    assertTrue(stores.contains(new Store(CPU, 0, 0x2003, 4)));
    assertTrue(stores.contains(new Store(CPU, 4, 0x8000_0000L, 4)));
    assertTrue(stores.contains(new Store(CPU, 0, 0x2003, 8)));
    assertTrue(
        simpler(new ForeignStore(CPU, 8, 0x8000_0000_0000_2003L, 8))
            .contains(new ForeignStore(CPU, 12, 0x8000_0000L, 4)));
  }

  @Test
  void aFetchBecomesALoadOfTheSameWidth() {
    assertTrue(simpler(new Fetch(CPU, 0, 8)).contains(new Load(CPU, 0, 8)));
  }

  @Test
  void anAddressLosesItsUpperHalf() {
    assertEquals(
        List.of(new Load(CPU, 0x8000_0000L)), simpler(new Load(CPU, 0xffff_ffff_8000_0000L)));
  }

  @Test
  void invpcidLosesWhatItDoesNotLookAt() {
    assertEquals(
        List.of(
            new InvalidatePcid(CPU, InvalidationType.ALL_CONTEXTS, 0, 0x1000),
            new InvalidatePcid(CPU, InvalidationType.ALL_CONTEXTS, 5, 0)),
        simpler(new InvalidatePcid(CPU, InvalidationType.ALL_CONTEXTS, 5, 0x1000)));
    assertEquals(
        List.of(new InvalidatePcid(CPU, InvalidationType.ADDRESS, 0, 0x1000)),
        simpler(new InvalidatePcid(CPU, InvalidationType.ADDRESS, 0, 0x1018)));
  }

  @Test
  void aRegisterLosesBitsButNotItsMode() {
    assertEquals(
        List.of(
            new WriteControl(CPU, ControlRegister.CR4, 0x2_0020),
            new WriteControl(CPU, ControlRegister.CR4, 0xa0)),
        simpler(new WriteControl(CPU, ControlRegister.CR4, 0x2_00a0)));
    assertEquals(List.of(), simpler(new WriteControl(CPU, ControlRegister.CR0, 0x8001_0001L)));
    assertTrue(
        simpler(new WriteControl(CPU, ControlRegister.CR3, 0x8000_0000_0000_2005L))
            .contains(new WriteControl(CPU, ControlRegister.CR3, 0x2005)));
  }

  @Test
  void pkruLosesKeys() {
    assertEquals(
        List.of(
            new WriteProtectionKeyRights(CPU, 0),
            new WriteProtectionKeyRights(CPU, 0x8000_0000),
            new WriteProtectionKeyRights(CPU, 4)),
        simpler(new WriteProtectionKeyRights(CPU, 0x8000_0004)));
    assertEquals(List.of(), simpler(new ChangeAlignmentCheck(CPU, true)));
  }

  @Test
  void anotherAgentStoresBesideTheFirstVirtualCpu() {
    ForeignStore store = new ForeignStore(new Vcpu(0, 1), 0x1000, 0);
    assertEquals(List.of(new ForeignStore(CPU, 0x1000, 0)), simpler(store));
  }

  @Test
  void aRunOfFramesLosesSomeAtEitherEnd() {
    assertEquals(
        List.of(
            new UnmapFrames(0, 0x20, 1),
            new UnmapFrames(0, 0x24, 1),
            new UnmapFrames(0, 0x20, 2),
            new UnmapFrames(0, 0x23, 2),
            new UnmapFrames(0, 0x20, 4),
            new UnmapFrames(0, 0x21, 4)),
        simpler(new UnmapFrames(0, 0x20, 5)));
    assertEquals(
        List.of(new ProtectFrames(1, 4, 1, true), new ProtectFrames(1, 5, 1, true)),
        simpler(new ProtectFrames(1, 4, 2, true)));
    assertEquals(List.of(), simpler(new UnmapFrames(0, 0x20, 1)));
    assertEquals(List.of(), simpler(new DestroyMachine(0)));
  }

  @Test
  void hostFramesGetLower() {
    assertEquals(
        List.of(
            new MapFrames(0, 8, 0, 1),
            new MapFrames(0, 8, 1, 1),
            new MapFrames(0, 8, 0x200, 1),
            new MapFrames(0, 8, 0x100, 1)),
        simpler(new MapFrames(0, 8, 0x300, 1)));
    assertEquals(
        List.of(new MapFrames(0, 8, 6, 1), new MapFrames(0, 9, 7, 1), new MapFrames(0, 8, 0, 2)),
        simpler(new MapFrames(0, 8, 6, 2)).subList(0, 3));
  }

  @Test
  void aMoveBecomesTheLossOfMemoryAndLargeHostPagesSmallOnes() {
    assertEquals(
        List.of(new UnmapFrames(0, 8, 1), new MoveFrames(0, 8, 0, 1)),
        simpler(new MoveFrames(0, 8, 1, 1)));
    assertEquals(List.of(new ResizePages(0, 8, 1, 1)), simpler(new ResizePages(0, 8, 1, 512)));
    assertEquals(List.of(), simpler(new ResizePages(0, 8, 1, 1)));
  }

  @Test
  void whatHappensInsideAnEventHappensBeforeItOrEarlier() {
    UnmapFrames unmap = new UnmapFrames(0, 8, 1);
    assertEquals(
        List.of(unmap, new AtRead(1, unmap), new AtRead(3, unmap), new AtRead(6, unmap)),
        simpler(new AtRead(7, unmap)));
    assertEquals(List.of(unmap), simpler(new AtRead(1, unmap)));
  }

  @Test
  void whatHappensInsideAnEventIsSimplerLikeAnyOther() {
    Store store = new Store(CPU, 0x1000, 1);
    assertEquals(
        List.of(store, new AtRead(1, new Store(CPU, 0x1000, 0))), simpler(new AtRead(1, store)));
    MoveFrames move = new MoveFrames(0, 8, 1, 1);
    assertTrue(simpler(new AtRead(1, move)).contains(new AtRead(1, new UnmapFrames(0, 8, 1))));
  }

  @Test
  void nothingIsSimplerThanItself() {
    for (long value : new long[] {0, 1, 0x2067, -1, Long.MIN_VALUE}) {
      assertFalse(SimplerValues.of(value).toList().contains(value));
    }
  }
}
