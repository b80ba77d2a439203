package io.vtlb.model.monitor;

import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_FRAME;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.BrokenHost.dropped;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static io.vtlb.model.monitor.Scene.resumed;
import static io.vtlb.model.monitor.Scene.store;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.operation.HostOperation.HarvestDirtyLog;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.StartDirtyLog;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.rule.Rule;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the host revokes is out of reach at once; what it leaves stays. */
class HostOperationsTest {

  private static final Set<Rule> ALL = EnumSet.allOf(Rule.class);
  private static final HostResponse NOTHING = HostResponse.dropping(List.of());
  private static final long FREE = 0xABC00;

  private final Scene scene = BrokenHost.mapped(ALL);

  private static Optional<Rule> rule(Optional<Violation> violation) {
    return violation.map(Violation::rule);
  }

  @Test
  void anEntryThatIsDroppedInTimeIsRight() {
    scene.shows(SUPERVISOR);
    assertEquals(Optional.empty(), scene.host(new UnmapFrames(0, FRAME, 1), dropped()));
  }

  @Test
  void theProcessorMustForgetToo() {
    scene.shows(SUPERVISOR);
    assertEquals(Optional.of(Rule.PROC_1), rule(scene.host(new UnmapFrames(0, FRAME, 1), NOTHING)));
  }

  @Test
  void whereAFrameWasMovedFromIsRevoked() {
    assertEquals(
        Optional.of(Rule.HOST_1), rule(scene.host(new MoveFrames(0, FRAME, FREE, 1), dropped())));
  }

  @Test
  void whereAFrameWasMovedToIsRight() {
    scene.shows(SUPERVISOR, Scene.entryTo(0, FREE, "rw-"));
    assertEquals(Optional.empty(), scene.host(new MoveFrames(0, FRAME, FREE, 1), dropped()));
    assertEquals(Optional.empty(), scene.fault(store(0), spurious()));
  }

  @Test
  void anEntryThatComesBackToARevokedFrameIsBlamedOnTheHost() {
    scene.shows(SUPERVISOR);
    assertEquals(Optional.empty(), scene.host(new MoveFrames(0, FRAME, FREE, 1), dropped()));
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertEquals(Optional.of(Rule.HOST_1), rule(scene.fault(load(0), mended())));
  }

  @Test
  void aFrameThatTheHostGivesBackIsNoLongerRevoked() {
    scene.shows(SUPERVISOR);
    assertEquals(Optional.empty(), scene.host(new UnmapFrames(0, FRAME, 1), dropped()));
    assertEquals(
        Optional.empty(),
        scene.host(new MapFrames(0, FRAME, scene.guest().host(FRAME), 1), NOTHING));
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertEquals(Optional.empty(), scene.fault(load(0), mended()));
  }

  @Test
  void aStoreToReadOnlyMemoryIsADeviceAccess() {
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertEquals(Optional.empty(), scene.host(new ProtectFrames(0, FRAME, 1, true), dropped()));
    assertEquals(
        Optional.empty(),
        scene.fault(
            store(0),
            Response.of(new Action.DeviceAccess())
                .reporting(EventCause.DEVICE_ACCESS, ResyncKind.NONE)));
  }

  @Test
  void aStoreToReadOnlyMemoryIsNotDoneForTheGuest() {
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    scene.host(new ProtectFrames(0, FRAME, 1, true), dropped());
    scene.meanwhile(() -> scene.memory().store(FRAME << 12, 4, 0x77));
    assertEquals(
        Optional.of(Rule.HOST_2),
        rule(
            scene.fault(
                store(0),
                0x77,
                Response.of(new Action.StoreEmulated())
                    .reporting(EventCause.INCONSISTENCY, ResyncKind.NONE))));
  }

  @Test
  void aWritableEntryInstalledLaterExceedsTheHost() {
    scene.shows(SUPERVISOR);
    scene.host(new ProtectFrames(0, FRAME, 1, true), dropped());
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"));
    assertEquals(Optional.of(Rule.HOST_2), rule(scene.fault(load(0), mended())));
  }

  @Test
  void aLogNamesWhatTheGuestWrote() {
    assertEquals(Optional.empty(), scene.host(new StartDirtyLog(0), dropped()));
    scene.guestStores(OTHER_FRAME);
    assertEquals(
        Optional.empty(),
        scene.host(
            new HarvestDirtyLog(0), new HostResponse(List.of(), Set.of(OTHER_FRAME, FRAME))));
    assertEquals(Optional.empty(), scene.host(new HarvestDirtyLog(0), NOTHING));
  }

  @Test
  void aProcessorForgetsWhatIsDestroyed() {
    assertEquals(Optional.of(Rule.PROC_1), rule(scene.host(new DestroyMachine(0), NOTHING)));
  }

  @Test
  void aMachineMayBeDestroyed() {
    assertEquals(Optional.empty(), scene.host(new DestroyMachine(0), dropped()));
  }

  @Test
  void anEventThatIsInterruptedMayEndEitherWay() {
    scene.shows(SUPERVISOR);
    scene.interrupted(() -> scene.map(1, OTHER_FRAME, "PWUAD"));
    assertEquals(Optional.empty(), scene.fault(load(1), Scene.injected(load(1), 0)), "as it began");
    scene.map(2, OTHER_FRAME, "PWUAD");
    scene.interrupted(() -> scene.map(2, OTHER_FRAME, ""));
    assertEquals(Optional.empty(), scene.fault(load(2), Scene.injected(load(2), 0)), "as it ended");
  }

  @Test
  void aWalkMayHaveReadOneEntryBeforeAChangeAndTheNextAfterIt() {
    long other = 9;
    scene.guest().entry(other, 3, FRAME, "PWUAD");
    scene.direct(1, other, "PWUA");
    scene.interrupted(() -> {
      scene.direct(1, 0, "");
      scene.guest().memory().write(ExampleGuest.address(other, 3), 0);
      scene.monitor().guestStored(0, ExampleGuest.address(other, 3), 4);
    });
    long page = 1024 + 3;
    assertEquals(
        Optional.empty(),
        scene.fault(load(page), Scene.injected(load(page), 0)),
        "the table's entry is gone, though the directory's was read before");
  }

  private static Response spurious() {
    return resumed(EventCause.SPURIOUS, ResyncKind.NONE);
  }
}
