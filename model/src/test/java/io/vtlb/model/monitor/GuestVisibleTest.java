package io.vtlb.model.monitor;

import static io.vtlb.model.guest.ExampleGuest.DEVICE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_TABLE;
import static io.vtlb.model.guest.ExampleGuest.TABLE;
import static io.vtlb.model.monitor.Scene.CPU;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.store;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.admissible.Ways;
import io.vtlb.model.event.Event;
import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ObservationLevel;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A target that shows nothing but what the guest sees is judged by the tags of the frames that it
 * reaches.
 */
class GuestVisibleTest {

  private static final long VALUE = 0x1234;

  private final Scene scene = new Scene(EnumSet.allOf(Rule.class), ObservationLevel.GUEST_VISIBLE);

  @Test
  void aLoadOfTheRightFrameConforms() {
    scene.map(0, FRAME, "PWUAD");
    assertEquals(Optional.empty(), blame(load(0), loaded(0, FRAME)));
  }

  @Test
  void aStaleFrameConformsUntilItIsInvalidated() {
    scene.map(0, FRAME, "PWUAD").map(0, OTHER_FRAME, "PWUAD");
    assertEquals(Optional.empty(), blame(load(0), loaded(0, FRAME)));
    scene.monitor().apply(new Event.InvalidatePage(CPU, 0));
    assertEquals(Optional.of(Rule.TLB_1), blame(load(0), loaded(0, FRAME)));
    assertEquals(Optional.empty(), blame(load(0), loaded(0, OTHER_FRAME)));
  }

  @Test
  void aStaleFrameAfterARootLoadIsBlamedOnIt() {
    scene.map(0, FRAME, "PWUAD").map(0, OTHER_FRAME, "PWUAD");
    ControlState control = ExampleGuest.CONTROL;
    scene.monitor().apply(new Event.ControlWrite(CPU, ControlRegister.CR3, control, control));
    assertEquals(Optional.of(Rule.TLB_2), blame(load(0), loaded(0, FRAME)));
  }

  @Test
  void theLatestObligationIsBlamed() {
    scene.map(0, FRAME, "PWUAD").map(0, OTHER_FRAME, "PWUAD");
    scene.monitor().apply(new Event.InvalidatePage(CPU, 0));
    scene.map(0, FRAME, "PWUAD").map(0, OTHER_FRAME, "PWUAD");
    ControlState control = ExampleGuest.CONTROL;
    scene.monitor().apply(new Event.ControlWrite(CPU, ControlRegister.CR3, control, control));
    assertEquals(Optional.of(Rule.TLB_2), blame(load(0), loaded(0, FRAME)));
  }

  @Test
  void aStoreHappensOnce() {
    scene.map(0, FRAME, "PWUAD");
    Ways ways = scene.monitor().waysOf(CPU, store(0));
    scene.memory().store(PageSize.address(FRAME, 0), 4, VALUE);
    scene.memory().store(PageSize.address(FRAME, 0), 4, VALUE);
    assertEquals(
        Optional.of(Rule.DERIVE_1),
        scene
            .monitor()
            .observed(CPU, List.of(ways), VALUE, new Observation.Completed())
            .map(Violation::rule));
  }

  @Test
  void anyOtherFrameIsWrong() {
    scene.map(0, FRAME, "PWUAD");
    assertEquals(Optional.of(Rule.DERIVE_1), blame(load(0), loaded(0, OTHER_FRAME)));
  }

  @Test
  void aFrameOfAnotherMachineIsAnEscape() {
    scene.map(0, FRAME, "PWUAD");
    assertEquals(Optional.of(Rule.ISOLATE_1), blame(load(0), loaded(1, FRAME)));
  }

  @Test
  void aLoadThroughNothingShouldHaveFaulted() {
    assertEquals(Optional.of(Rule.EVENT_2), blame(load(0), loaded(0, FRAME)));
  }

  @Test
  void aUserLoadOfASupervisorPageMixesTheSets() {
    scene.map(0, FRAME, "PWAD");
    Access access = Scene.access(0, AccessKind.LOAD, PrivilegeSet.USER);
    assertEquals(Optional.of(Rule.PRIV_1), blame(access, loaded(0, FRAME)));
  }

  @Test
  void aStoreToAReadOnlyPageHasExcessRights() {
    scene.map(0, FRAME, "PUAD");
    assertEquals(Optional.of(Rule.DERIVE_2), blameStore(FRAME));
  }

  @Test
  void aStoreReachesTheRightFrameOnce() {
    scene.map(0, FRAME, "PWUAD");
    assertEquals(Optional.empty(), blameStore(FRAME));
    assertEquals(Optional.of(Rule.DERIVE_1), blameStore(OTHER_FRAME));
    assertEquals(Optional.of(Rule.DERIVE_1), blame(store(0), new Observation.Completed()));
  }

  @Test
  void aFaultWithoutCauseIsNotTheGuests() {
    scene.map(0, FRAME, "PWUAD");
    assertEquals(Optional.of(Rule.EVENT_4), blame(load(0), faulted(0, 0)));
  }

  @Test
  void aFaultHasTheRightCodeAndAddress() {
    assertEquals(Optional.empty(), blame(load(0), faulted(0, 0)));
    assertEquals(Optional.of(Rule.EVENT_3), blame(load(0), faulted(FaultCode.USER, 0)));
    assertEquals(Optional.of(Rule.EVENT_3), blame(load(0), faulted(0, 4)));
  }

  @Test
  void aDeliveredFaultForRightsEndsTheTranslationsOfItsPage() {
    scene.map(0, FRAME, "PUAD").map(0, OTHER_FRAME, "PUAD");
    int denied = FaultCode.PRESENT | FaultCode.WRITE;
    assertEquals(Optional.empty(), blame(store(0), faulted(denied, 0)));
    assertEquals(Optional.of(Rule.TLB_9), blame(load(0), loaded(0, FRAME)));
  }

  @Test
  void aNotPresentFaultFromAStalePartialWalkDoesNotRecur() {
    scene.map(1, FRAME, "PWUAD").direct(0, OTHER_TABLE, "PWUA").direct(0, TABLE, "PWUA");
    assertEquals(Optional.empty(), blame(load(1), faulted(0, load(1).address())));
    assertEquals(Optional.of(Rule.EVENT_4), blame(load(1), faulted(0, load(1).address())));
  }

  @Test
  void onlyADeviceFrameReachesADevice() {
    scene.map(0, FRAME, "PWUAD").map(1, DEVICE_FRAME, "PWUAD");
    Observation device = new Observation.ReachedDevice();
    assertEquals(Optional.of(Rule.DERIVE_1), blame(load(0), device));
    assertEquals(Optional.empty(), blame(load(1), device));
  }

  private static Observation loaded(int vm, long frame) {
    int tag = GuestPhysicalMemory.tag(vm, PageSize.address(frame, 0));
    return new Observation.Loaded(Integer.toUnsignedLong(tag));
  }

  private static Observation faulted(int code, long address) {
    return new Observation.PageFaulted(new FaultCode(code), address);
  }

  private Optional<Rule> blame(Access access, Observation observation) {
    Ways ways = scene.monitor().waysOf(CPU, access);
    return scene.monitor().observed(CPU, List.of(ways), VALUE, observation).map(Violation::rule);
  }

  private Optional<Rule> blameStore(long frame) {
    Ways ways = scene.monitor().waysOf(CPU, store(0));
    scene.memory().store(PageSize.address(frame, 0), 4, VALUE);
    return scene
        .monitor()
        .observed(CPU, List.of(ways), VALUE, new Observation.Completed())
        .map(Violation::rule);
  }
}
