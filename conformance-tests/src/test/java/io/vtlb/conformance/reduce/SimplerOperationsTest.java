package io.vtlb.conformance.reduce;

import static io.vtlb.conformance.reduce.MappedPage.CPU;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.trace.LongSamples;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangeAlignmentCheck;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePcid;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.GuestOperation.WriteProtectionKeyRights;
import io.vtlb.model.trace.Sequence;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimplerOperationsTest {

  private static List<GuestOperation> simpler(GuestOperation operation) {
    return SimplerOperations.of(new Sequence(LongSamples.world(), List.of(operation)))
        .map(sequence -> sequence.operations().getFirst())
        .toList();
  }

  @Test
  void aWideAccessBecomesEitherHalf() {
    assertEquals(
        List.of(new Load(CPU, 0x1000, 8), new Load(CPU, 0x1ffc, 4), new Load(CPU, 0x2000, 4)),
        simpler(new Load(CPU, 0x1ffc, 8)));
    List<GuestOperation> stores = simpler(new Store(CPU, 0, 0x8000_0000_0000_2003L, 8));
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
  void nothingIsSimplerThanItself() {
    for (long value : new long[] {0, 1, 0x2067, -1, Long.MIN_VALUE}) {
      assertFalse(SimplerValues.of(value).toList().contains(value));
    }
  }
}
