package io.vtlb.conformance.design.roleshared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.operation.HostOperation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The ideas of the design, one by one. */
class RoleSharedTlbTest {

  private final SharedGuest guest = new SharedGuest();

  @Test
  void aTableIsSharedBetweenRootsAndVirtualCpus() {
    guest.map(5, 9);
    guest.load(5);
    assertEquals(List.of(), guest.shown(SharedGuest.OTHER_CPU));
    guest.fault(SharedGuest.OTHER_CPU, 5, AccessKind.LOAD, 0);
    guest.loadRoot(SharedGuest.OTHER_DIRECTORY);
    assertEquals(List.of(), guest.shown(SharedGuest.CPU));
    guest.map(20, 10);
    guest.load(20);
    assertEquals(List.of("5 -> 9 rwx", "20 -> 10 rwx"), guest.shown(SharedGuest.CPU));
    assertEquals(guest.shown(SharedGuest.CPU), guest.shown(SharedGuest.OTHER_CPU));
  }

  @Test
  void neighboursAreEnteredIfATlbCouldHoldThem() {
    guest.map(5, 9).map(6, 10).mapFresh(7, 11).map(4, SharedGuest.DEVICE);
    guest.load(5);
    assertEquals(List.of("5 -> 9 rwx", "6 -> 10 rwx"), guest.shown(SharedGuest.CPU));
  }

  @Test
  void aStoreToAnUpperTableIsEmulatedAndUndoesWhatWasMadeFromIt() {
    guest.map(5, 9).map(6, SharedGuest.DIRECTORY);
    guest.load(5);
    assertEquals(List.of("5 -> 9 rwx", "6 -> 1 r-x"), guest.shown(SharedGuest.CPU));
    Response response = guest.store(6, 0);
    assertInstanceOf(Action.StoreEmulated.class, response.action());
    assertEquals(0, guest.word(SharedGuest.DIRECTORY, 0));
    assertEquals(List.of(), guest.shown(SharedGuest.CPU));
    assertTrue(response.drops().contains(new ProcessorDrop.Everything(SharedGuest.OTHER_CPU)));
  }

  @Test
  void aLeafTableGoesOutOfStepAndIsComparedWhenTheGuestFlushes() {
    guest.map(5, 9).map(20, 10).map(6, SharedGuest.TABLE);
    guest.load(20);
    guest.load(5);
    assertInstanceOf(Action.Resume.class, guest.store(6, 0).action());
    guest.map(5, 11).map(20, 12);
    assertEquals(List.of("5 -> 9 rwx", "6 -> 3 rwx", "20 -> 10 rwx"), guest.shown(SharedGuest.CPU));
    guest.invalidate(5);
    assertEquals(List.of("6 -> 3 rwx", "20 -> 10 rwx"), guest.shown(SharedGuest.CPU));
    guest.loadRoot(SharedGuest.DIRECTORY);
    assertEquals(List.of("6 -> 3 r-x"), guest.shown(SharedGuest.CPU));
  }

  @Test
  void aTableThatSomebodyMayStillWriteIsFlushedBeforeItIsEntered() {
    guest.map(5, 9).map(6, 4);
    guest.load(6);
    guest.write(SharedGuest.DIRECTORY, 1, 4, 0x63);
    guest.write(4, 0, 11, 0x63);
    Response first = guest.load(1024);
    assertTrue(first.drops().contains(new ProcessorDrop.Everything(SharedGuest.OTHER_CPU)));
    assertTrue(guest.shown(SharedGuest.CPU).contains("6 -> 4 r-x"));
    guest.load(1024);
    assertTrue(guest.shown(SharedGuest.CPU).contains("1024 -> 11 rwx"));
  }

  @Test
  void whatTheHostTakesIsGoneEverywhere() {
    guest.map(5, 9);
    guest.load(5);
    assertEquals(
        List.of(
            new ProcessorDrop.Everything(SharedGuest.CPU),
            new ProcessorDrop.Everything(SharedGuest.OTHER_CPU)),
        guest.follow(new HostOperation.MoveFrames(0, 9, 0x200, 1)).drops());
    assertEquals(List.of(), guest.shown(SharedGuest.CPU));
    guest.load(5);
    assertEquals(List.of("5 -> 256 rwx"), guest.shown(SharedGuest.CPU));
    guest.follow(new HostOperation.UnmapFrames(0, 9, 1));
    assertInstanceOf(Action.DeviceAccess.class, guest.load(5).action());
    guest.follow(new HostOperation.MapFrames(0, 9, 0x109, 1));
    assertInstanceOf(Action.Resume.class, guest.load(5).action());
  }

  @Test
  void aStoreToReadOnlyMemoryIsADeviceAccess() {
    guest.map(5, 9);
    guest.load(5);
    guest.follow(new HostOperation.ProtectFrames(0, 9, 1, true));
    assertInstanceOf(Action.DeviceAccess.class, guest.store(5, 1).action());
    assertEquals(List.of("5 -> 9 r-x"), guest.shown(SharedGuest.CPU));
  }

  @Test
  void theDirtyLogNamesWhatWasWrittenSinceItsLastHarvest() {
    guest.map(5, 9).mapFresh(20, 10);
    guest.load(5);
    guest.follow(new HostOperation.StartDirtyLog(0));
    assertEquals(List.of("5 -> 9 r-x"), guest.shown(SharedGuest.CPU));
    guest.store(5, 1);
    guest.load(20);
    HostOperation harvest = new HostOperation.HarvestDirtyLog(0);
    assertEquals(Set.of(9L, (long) SharedGuest.TABLE), guest.follow(harvest).dirtyFrames());
    assertEquals(Set.of(), guest.follow(harvest).dirtyFrames());
  }

  @Test
  void withASlipADeviceIsStillSeenWhereMemoryAppeared() {
    SharedGuest slipping = new SharedGuest(Slip.DEVICE_ENTRY_OUTLIVES_MAP);
    slipping.map(5, SharedGuest.DEVICE);
    slipping.load(5);
    slipping.follow(new HostOperation.MapFrames(0, SharedGuest.DEVICE, 0x300, 1));
    assertInstanceOf(Action.DeviceAccess.class, slipping.load(5).action());
  }
}
