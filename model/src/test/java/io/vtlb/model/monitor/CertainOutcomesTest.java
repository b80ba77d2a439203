package io.vtlb.model.monitor;

import static io.vtlb.model.monitor.LongGuest.FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME;
import static io.vtlb.model.monitor.LongScene.ALL;
import static io.vtlb.model.monitor.LongScene.CPU;
import static io.vtlb.model.monitor.LongScene.assertBlame;
import static io.vtlb.model.monitor.LongScene.assertConforms;

import io.vtlb.model.admissible.Ways;
import io.vtlb.model.event.Event;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ObservationLevel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Operations with only one right outcome, and changes of mode, at level 1. */
class CertainOutcomesTest {

  private static final Observation COMPLETED = new Observation.Completed();
  private static final Observation PROTECTED = new Observation.GeneralProtection();
  private static final GuestOperation OPERATION = new GuestOperation.InvalidatePage(CPU, 0);

  @Test
  void whatIsIllegalIsAGeneralProtectionFault() {
    LongScene scene = in(LongGuest.FOUR_LEVEL);
    assertConforms(scene.monitor().completed(CPU, OPERATION, PROTECTED, PROTECTED));
    assertBlame(Rule.EVENT_2, scene.monitor().completed(CPU, OPERATION, PROTECTED, COMPLETED));
  }

  @Test
  void whatIsLegalCompletes() {
    LongScene scene = in(LongGuest.FOUR_LEVEL);
    assertConforms(scene.monitor().completed(CPU, OPERATION, COMPLETED, COMPLETED));
    assertBlame(Rule.EVENT_4, scene.monitor().completed(CPU, OPERATION, COMPLETED, PROTECTED));
  }

  @Test
  void oneFaultIsNotAnother() {
    Observation undefined = new Observation.InvalidOpcode();
    assertBlame(
        Rule.EVENT_2,
        in(LongGuest.FOUR_LEVEL).monitor().completed(CPU, OPERATION, undefined, PROTECTED));
  }

  @Test
  void anAccessIsNoGeneralProtectionFault() {
    LongScene scene = in(LongGuest.FOUR_LEVEL).map(0, FRAME, "PUAD");
    assertBlame(Rule.EVENT_4, observed(scene, 0, PROTECTED));
  }

  @Test
  void whatWasReadWithoutPagingIsStaleOnceItIsOn() {
    LongScene scene = in(LongGuest.UNPAGED).map((int) FRAME, OTHER_FRAME, "PA");
    assertConforms(loaded(scene, FRAME, FRAME));
    turn(scene, LongGuest.UNPAGED, LongGuest.FOUR_LEVEL);
    assertBlame(Rule.TLB_7, loaded(scene, FRAME, FRAME));
    assertConforms(loaded(scene, FRAME, OTHER_FRAME));
  }

  @Test
  void whatWasReadWithPagingIsStaleOnceItIsOff() {
    LongScene scene = in(LongGuest.FOUR_LEVEL).map((int) FRAME, OTHER_FRAME, "PAG");
    assertConforms(loaded(scene, FRAME, OTHER_FRAME));
    turn(scene, LongGuest.FOUR_LEVEL, LongGuest.UNPAGED);
    assertBlame(Rule.TLB_7, loaded(scene, FRAME, OTHER_FRAME));
    assertConforms(loaded(scene, FRAME, FRAME));
  }

  private static LongScene in(ControlState control) {
    return new LongScene(
        new LongGuest(0), control, Profile.GENERIC_64, ALL, ObservationLevel.GUEST_VISIBLE);
  }

  private static void turn(LongScene scene, ControlState before, ControlState after) {
    scene.monitor().apply(new Event.ControlWrite(CPU, ControlRegister.CR0, before, after));
  }

  private static Optional<Violation> loaded(LongScene scene, long page, long frame) {
    long value = scene.guest().memory().read(PageSize.address(frame, 0), 4);
    return observed(scene, page, new Observation.Loaded(value));
  }

  private static Optional<Violation> observed(LongScene scene, long page, Observation seen) {
    Access access = new Access(PageSize.address(page, 0), AccessKind.LOAD, PrivilegeSet.SUPERVISOR);
    Ways ways = scene.monitor().waysOf(CPU, access);
    return scene.monitor().observed(CPU, List.of(ways), 0, seen);
  }
}
