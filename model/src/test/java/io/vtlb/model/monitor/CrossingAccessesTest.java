package io.vtlb.model.monitor;

import static io.vtlb.model.guest.ExampleGuest.DEVICE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_FRAME;
import static io.vtlb.model.monitor.Scene.CPU;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.admissible.Ways;
import io.vtlb.model.event.Event;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ObservationLevel;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Eight bytes across the border of pages 0 and 1, of which only the outcome is seen. */
class CrossingAccessesTest {

  private static final int LAST = PageSize.BASE_BYTES - 4;
  private static final long VALUE = 0x1111_2222_3333_4444L;
  private static final long LOW = 0x3333_4444L;
  private static final long HIGH = 0x1111_2222L;

  private final Scene scene = new Scene(EnumSet.allOf(Rule.class), ObservationLevel.GUEST_VISIBLE);

  @Test
  void aLoadReadsEachHalfThroughItsOwnPage() {
    scene.map(0, FRAME, "PUA").map(1, OTHER_FRAME, "PUA");
    assertBlame(Optional.empty(), load(half(FRAME, LAST), half(OTHER_FRAME, 0)));
    assertBlame(Optional.of(Rule.DERIVE_1), load(half(FRAME, LAST), half(FRAME + 1, 4)));
    assertBlame(Optional.of(Rule.DERIVE_1), load(half(OTHER_FRAME, LAST), half(OTHER_FRAME, 0)));
  }

  @Test
  void aStaleHalfIsBlamedOnTheRowThatEndedIt() {
    scene.map(0, FRAME, "PUA").map(1, FRAME, "PUA").map(1, OTHER_FRAME, "PUA");
    assertBlame(Optional.empty(), load(half(FRAME, LAST), half(FRAME, 0)));
    scene.monitor().apply(new Event.InvalidatePage(CPU, PageSize.address(1, 0)));
    assertBlame(Optional.of(Rule.TLB_1), load(half(FRAME, LAST), half(FRAME, 0)));
  }

  @Test
  void aFaultNamesThePartThatFaulted() {
    scene.map(0, FRAME, "PUA");
    assertBlame(Optional.of(Rule.EVENT_3), seen(AccessKind.LOAD, faulted(0, LAST)));
    assertBlame(Optional.of(Rule.EVENT_3), seen(AccessKind.LOAD, faulted(0, 0x1004)));
    assertBlame(Optional.empty(), seen(AccessKind.LOAD, faulted(0, 0x1000)));
  }

  @Test
  void eitherPartMayFaultFirst() {
    assertBlame(Optional.empty(), seen(AccessKind.LOAD, faulted(0, LAST)));
    assertBlame(Optional.empty(), seen(AccessKind.LOAD, faulted(0, 0x1000)));
  }

  @Test
  void aFaultOfNeitherPartIsNotTheGuests() {
    scene.map(0, FRAME, "PUA").map(1, OTHER_FRAME, "PUA");
    assertBlame(Optional.of(Rule.EVENT_4), seen(AccessKind.LOAD, faulted(0, 0x1000)));
  }

  @Test
  void aLoadWhoseSecondHalfIsNotMappedShouldHaveFaulted() {
    scene.map(0, FRAME, "PUA");
    assertBlame(Optional.of(Rule.EVENT_2), load(half(FRAME, LAST), half(OTHER_FRAME, 0)));
  }

  @Test
  void aDeliveredFaultForRightsEndsTheTranslationsOfItsPartOnly() {
    scene.map(0, FRAME, "PUA").map(0, OTHER_FRAME, "PUA");
    scene.map(1, FRAME, "PUA").map(1, OTHER_FRAME, "PUA");
    int denied = FaultCode.PRESENT | FaultCode.WRITE;
    assertBlame(Optional.empty(), seen(AccessKind.STORE, faulted(denied, 0x1000)));
    assertBlame(Optional.empty(), load(half(FRAME, LAST), half(OTHER_FRAME, 0)));
    assertBlame(Optional.of(Rule.TLB_9), load(half(OTHER_FRAME, LAST), half(FRAME, 0)));
  }

  @Test
  void aStoreWritesEachHalfOnce() {
    scene.map(0, FRAME, "PWUAD").map(1, OTHER_FRAME, "PWUAD");
    assertBlame(
        Optional.empty(),
        store(() -> {
          write(FRAME, LAST, LOW);
          write(OTHER_FRAME, 0, HIGH);
        }));
    assertBlame(Optional.of(Rule.DERIVE_1), store(() -> write(FRAME, LAST, LOW)));
    assertBlame(
        Optional.of(Rule.DERIVE_1),
        store(() -> {
          write(FRAME, LAST, LOW);
          write(FRAME, LAST, LOW);
          write(OTHER_FRAME, 0, HIGH);
        }));
  }

  @Test
  void aStoreDoesNotSwapItsHalves() {
    scene.map(0, FRAME, "PWUAD").map(1, OTHER_FRAME, "PWUAD");
    assertBlame(
        Optional.of(Rule.DERIVE_1),
        store(() -> {
          write(FRAME, LAST, HIGH);
          write(OTHER_FRAME, 0, LOW);
        }));
  }

  @Test
  void aStoreIsNotWrittenPastTheFirstPagesFrame() {
    scene.map(0, FRAME, "PWUAD").map(1, DEVICE_FRAME - 1, "PWUAD").map(1, OTHER_FRAME + 1, "PWUA");
    scene.monitor().apply(new Event.InvalidatePage(CPU, PageSize.address(1, 0)));
    assertBlame(
        Optional.of(Rule.DERIVE_1),
        store(() -> scene.memory().store(PageSize.address(FRAME, LAST), 8, VALUE)));
  }

  @Test
  void aDeviceMayBeHalfOfIt() {
    scene.map(0, FRAME, "PUA").map(1, DEVICE_FRAME, "PUA");
    assertBlame(Optional.empty(), seen(AccessKind.LOAD, new Observation.ReachedDevice()));
    scene.map(1, OTHER_FRAME, "PUA");
    scene.monitor().apply(new Event.InvalidatePage(CPU, PageSize.address(1, 0)));
    assertBlame(Optional.of(Rule.DERIVE_1), seen(AccessKind.LOAD, new Observation.ReachedDevice()));
  }

  private Optional<Violation> load(long low, long high) {
    return seen(AccessKind.LOAD, new Observation.Loaded(high << 32 | low));
  }

  private Optional<Violation> seen(AccessKind kind, Observation observation) {
    return scene.monitor().observed(CPU, ways(kind), VALUE, observation);
  }

  private Optional<Violation> store(Runnable writes) {
    List<Ways> ways = ways(AccessKind.STORE);
    writes.run();
    return scene.monitor().observed(CPU, ways, VALUE, new Observation.Completed());
  }

  private List<Ways> ways(AccessKind kind) {
    return List.of(
        scene.monitor().waysOf(CPU, new Access(LAST, kind, PrivilegeSet.SUPERVISOR)),
        scene.monitor().waysOf(CPU, new Access(0x1000, kind, PrivilegeSet.SUPERVISOR)));
  }

  private void write(long frame, int offset, long value) {
    scene.memory().store(PageSize.address(frame, offset), 4, value);
  }

  /** What four bytes of a frame hold. */
  private long half(long frame, int offset) {
    return scene.guest().memory().read(PageSize.address(frame, offset), 4);
  }

  private static Observation faulted(int code, long address) {
    return new Observation.PageFaulted(new FaultCode(code), address);
  }

  private static void assertBlame(Optional<Rule> rule, Optional<Violation> violation) {
    assertEquals(rule, violation.map(Violation::rule));
  }
}
