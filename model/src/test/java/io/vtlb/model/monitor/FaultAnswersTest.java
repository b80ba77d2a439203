package io.vtlb.model.monitor;

import static io.vtlb.model.guest.ExampleGuest.DEVICE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_FRAME;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static io.vtlb.model.monitor.Scene.store;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.guest.GuestEntry;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Feature;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What may and may not answer a page-fault event. */
class FaultAnswersTest {

  private static final long STORED = 0xABCD;

  private final Scene scene = Scene.showing(EnumSet.allOf(Rule.class));

  @Test
  void aDeviceAccessFitsAFrameWithoutMemory() {
    scene.map(0, DEVICE_FRAME, "PWUAD");
    assertBlame(Optional.empty(), scene.fault(load(0), device()));
  }

  @Test
  void aDeviceAccessDoesNotFitMemory() {
    scene.map(0, FRAME, "PWUAD");
    assertBlame(Optional.of(Rule.EVENT_4), scene.fault(load(0), device()));
  }

  @Test
  void aDeviceAccessOfADeniedPageShouldHaveBeenTheGuestsFault() {
    assertBlame(Optional.of(Rule.EVENT_2), scene.fault(load(0), device()));
  }

  @Test
  void aDeviceIsReachedWithAccessedAndDirtySet() {
    scene.map(0, DEVICE_FRAME, "PWU").map(1, DEVICE_FRAME, "PWUA");
    assertBlame(Optional.of(Rule.AD_1), scene.fault(load(0), device()));
    assertBlame(Optional.of(Rule.AD_2), scene.fault(store(1), device()));
  }

  @Test
  void aStoreMayBeEmulated() {
    scene.map(0, FRAME, "PWUAD").meanwhile(() -> emulate(FRAME, STORED));
    assertBlame(Optional.empty(), scene.fault(store(0), emulated()));
  }

  @Test
  void anEmulatedStoreHappens() {
    scene.map(0, FRAME, "PWUAD");
    assertBlame(Optional.of(Rule.EVENT_4), scene.fault(store(0), emulated()));
  }

  @Test
  void anEmulatedStoreSetsDirty() {
    scene.map(0, FRAME, "PWUA").meanwhile(() -> emulate(FRAME, STORED));
    assertBlame(Optional.of(Rule.AD_2), scene.fault(store(0), emulated()));
  }

  @Test
  void anEmulatedStoreIsTheGuests() {
    scene.map(0, FRAME, "PWUAD").meanwhile(() -> emulate(FRAME, STORED + 1));
    assertBlame(Optional.of(Rule.AD_3), scene.fault(store(0), emulated()));
    scene.meanwhile(() -> emulate(OTHER_FRAME, STORED));
    assertBlame(Optional.of(Rule.AD_3), scene.fault(store(0), emulated()));
  }

  @Test
  void accessedAndDirtyAreSetForTheAccessAtHand() {
    scene.map(0, FRAME, "PWU").meanwhile(() -> set(0, "AD"));
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rwx"));
    assertBlame(Optional.empty(), scene.fault(store(0), mended()));
  }

  @Test
  void accessedMayBeSetEarlyButDirtyMayNot() {
    scene.map(0, FRAME, "PWUA").map(1, OTHER_FRAME, "PWU").meanwhile(() -> set(1, "A"));
    assertBlame(Optional.empty(), scene.fault(load(0), mended()));
    scene.meanwhile(() -> set(1, "D"));
    assertBlame(Optional.of(Rule.AD_3), scene.fault(store(0), mended()));
    scene.meanwhile(() -> set(0, "D"));
    assertBlame(Optional.of(Rule.AD_3), scene.fault(load(0), mended()));
  }

  @Test
  void dirtyIsNotSetForAStoreThatIsDenied() {
    scene.map(0, FRAME, "PUA").meanwhile(() -> set(0, "D"));
    Response denied = Scene.injected(store(0), FaultCode.PRESENT | FaultCode.WRITE);
    assertBlame(Optional.of(Rule.AD_3), scene.fault(store(0), denied));
  }

  @Test
  void accessedIsSetOnlyWhereAWalkGoesOn() {
    scene.map(0, FRAME, "WU").meanwhile(() -> set(0, "A"));
    assertBlame(Optional.of(Rule.AD_3), scene.fault(load(0), Scene.injected(load(0), 0)));
    long elsewhere = ExampleGuest.address(ExampleGuest.OTHER_TABLE, 0);
    long entry = Integer.toUnsignedLong(GuestEntry.of(FRAME, "P"));
    scene.guest().memory().write(elsewhere, (int) entry);
    scene.meanwhile(
        () -> scene.memory().compareAndSet(elsewhere, 4, entry, entry | GuestEntry.flags("A")));
    assertBlame(Optional.of(Rule.AD_3), scene.fault(load(0), Scene.injected(load(0), 0)));
  }

  @Test
  void noBitIsCleared() {
    scene.map(0, FRAME, "PWUAD").meanwhile(() -> change(0, GuestEntry.of(FRAME, "PUAD")));
    assertBlame(Optional.of(Rule.AD_3), scene.fault(load(0), mended()));
    scene.meanwhile(() -> change(0, GuestEntry.of(FRAME, "PUA")));
    assertBlame(Optional.of(Rule.AD_3), scene.fault(load(0), mended()));
  }

  @Test
  void theFaultAddressIsThatOfTheAccess() {
    Response elsewhere =
        Response.of(new Action.InjectPageFault(new FaultCode(0), load(0).address() + 4));
    assertBlame(Optional.of(Rule.EVENT_3), scene.fault(load(0), elsewhere));
  }

  @Test
  void handingOverAFaultWidensNothing() {
    scene.map(0, FRAME, "PWUAD").shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertBlame(Optional.empty(), scene.fault(load(0), mended()));
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"));
    assertBlame(Optional.of(Rule.EVENT_3), scene.fault(load(1), Scene.injected(load(1), 0)));
  }

  @Test
  void handingOverAFaultAddsNothing() {
    scene.map(1, FRAME, "PWUAD").shows(SUPERVISOR, scene.entry(1, FRAME, "r--"));
    assertBlame(Optional.of(Rule.EVENT_3), scene.fault(load(0), Scene.injected(load(0), 0)));
  }

  @Test
  void handingOverAFaultMayBringItsOwnPageInLineWithTheGuest() {
    scene.map(0, FRAME, "PUA").shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertBlame(Optional.empty(), scene.fault(load(0), mended()));
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r-x"));
    assertBlame(Optional.empty(), scene.fault(store(0), denied()));
  }

  @Test
  void handingOverAFaultBringsItsOwnPageNoFurther() {
    Scene inPart = Scene.showing(EnumSet.of(Rule.EVENT_3)).map(0, FRAME, "PUA");
    inPart.shows(SUPERVISOR, inPart.entry(0, FRAME, "rw-"));
    assertBlame(Optional.of(Rule.EVENT_3), inPart.fault(store(0), denied()));
    inPart.shows(SUPERVISOR, inPart.entry(0, OTHER_FRAME, "r--"));
    assertBlame(Optional.of(Rule.EVENT_3), inPart.fault(store(0), denied()));
  }

  @Test
  void handingOverAFaultMayPrefetchIfThatIsDeclared() {
    Scene prefetching = Scene.showing(EnumSet.of(Rule.EVENT_3), Feature.PREFETCH);
    prefetching.map(1, FRAME, "PWUAD").map(2, FRAME, "PWUAD");
    prefetching.shows(SUPERVISOR, prefetching.entry(1, FRAME, "rw-"));
    assertBlame(Optional.empty(), prefetching.fault(load(0), Scene.injected(load(0), 0)));
    prefetching.shows(SUPERVISOR, prefetching.entry(2, OTHER_FRAME, "r--"));
    assertBlame(Optional.of(Rule.EVENT_3), prefetching.fault(load(0), Scene.injected(load(0), 0)));
  }

  private static Response denied() {
    return Scene.injected(store(0), FaultCode.PRESENT | FaultCode.WRITE);
  }

  @Test
  void betweenAnEditAndItsFlushEitherAnswerIsRight() {
    scene.map(0, FRAME, "PWUAD").map(0, FRAME, "WUAD");
    Access access = load(0);
    assertBlame(Optional.empty(), scene.fault(access, Scene.injected(access, 0)));
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"));
    assertBlame(Optional.empty(), scene.fault(access, mended()));
  }

  private void emulate(long frame, long value) {
    scene.memory().store(PageSize.address(frame, 0), 4, value);
  }

  private void set(int index, String flags) {
    change(index, (int) scene.memory().read(Scene.address(index), 4) | GuestEntry.flags(flags));
  }

  private void change(int index, int value) {
    long entry = scene.memory().read(Scene.address(index), 4);
    scene.memory().compareAndSet(Scene.address(index), 4, entry, Integer.toUnsignedLong(value));
  }

  private static Response device() {
    return Response.of(new Action.DeviceAccess());
  }

  private static Response emulated() {
    return Response.of(new Action.StoreEmulated());
  }

  private static void assertBlame(Optional<Rule> rule, Optional<Violation> violation) {
    assertEquals(rule, violation.map(Violation::rule));
  }
}
