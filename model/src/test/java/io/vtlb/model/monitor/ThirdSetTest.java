package io.vtlb.model.monitor;

import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR_AC;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static io.vtlb.model.monitor.LongGuest.FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME;
import static io.vtlb.model.monitor.LongScene.ALL;
import static io.vtlb.model.monitor.LongScene.CPU;
import static io.vtlb.model.monitor.LongScene.assertBlame;
import static io.vtlb.model.monitor.LongScene.assertConforms;
import static io.vtlb.model.monitor.Scene.access;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static io.vtlb.model.monitor.Scene.resumed;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SMAP tells supervisors with EFLAGS.AC=1 from those without; the two have content each. */
class ThirdSetTest {

  private static final ControlState SMAP =
      LongGuest.with(LongGuest.FOUR_LEVEL, ControlState.CR4_SMAP);

  private final LongScene scene = LongScene.in(SMAP, ALL);

  @Test
  void onlySupervisorsThatSetAcReachUserPages() {
    scene.map(0, FRAME, "PWUAD").shows(SUPERVISOR_AC, scene.entry(0, FRAME, "rw-"));
    assertConforms(scene.fault(access(0, AccessKind.LOAD, SUPERVISOR_AC), mended()));
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertBlame(Rule.DERIVE_2, scene.fault(load(1), Scene.injected(load(1), 0)));
  }

  @Test
  void fetchesFromUserPagesAreNotSmapsConcern() {
    scene.map(0, FRAME, "PWUAD").shows(SUPERVISOR, scene.entry(0, FRAME, "--x"));
    assertConforms(scene.fault(access(0, AccessKind.FETCH, SUPERVISOR), mended()));
  }

  @Test
  void theThirdSetHasNoMoreThanSupervisorsMay() {
    scene.map(0, FRAME, "PUAD").shows(SUPERVISOR_AC, scene.entry(0, FRAME, "rw-"));
    assertBlame(Rule.DERIVE_2, scene.fault(access(0, AccessKind.LOAD, SUPERVISOR_AC), mended()));
  }

  @Test
  void usersNeverReachWhatTheThirdSetMay() {
    scene.map(0, FRAME, "PWAD").shows(SUPERVISOR_AC, scene.entry(0, FRAME, "rw-"));
    scene.shows(USER, scene.entry(0, FRAME, "r--"));
    assertBlame(Rule.PRIV_1, scene.fault(access(0, AccessKind.LOAD, SUPERVISOR_AC), mended()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itsStaleContentIsDueWhetherAcIsSetOrNot(boolean intercepts) {
    LongScene due =
        intercepts
            ? LongScene.in(SMAP, ALL, Feature.INTERCEPTS_PRIVILEGE_CHANGES)
            : LongScene.in(SMAP, ALL);
    due.map(0, FRAME, "PWUAD").shows(SUPERVISOR_AC, due.entry(0, FRAME, "r--"));
    assertConforms(due.fault(access(0, AccessKind.LOAD, SUPERVISOR_AC), mended()));
    due.monitor().runs(CPU, SUPERVISOR);
    due.map(0, OTHER_FRAME, "PWUAD");
    assertBlame(Rule.TLB_1, due.invalidate(0, flushed(ResyncKind.NONE)));
  }

  @Test
  void itsStaleContentMayWaitWhileUsersRunUnderInterception() {
    LongScene waits = LongScene.in(SMAP, ALL, Feature.INTERCEPTS_PRIVILEGE_CHANGES);
    waits.map(0, FRAME, "PUAD").shows(SUPERVISOR_AC, waits.entry(0, FRAME, "r--"));
    assertConforms(waits.fault(access(0, AccessKind.LOAD, SUPERVISOR_AC), mended()));
    assertConforms(waits.changePrivilege(0, 3, setChanged()));
    waits.map(0, OTHER_FRAME, "PUAD");
    int denied = FaultCode.PRESENT | FaultCode.WRITE | FaultCode.USER;
    var store = access(0, AccessKind.STORE, USER);
    assertConforms(waits.fault(store, Scene.injected(store, denied).dropping()));
    assertBlame(Rule.TLB_9, waits.changePrivilege(3, 0, setChanged()));
  }

  @Test
  void theProcessorsTlbIsJudgedForTheThirdSetToo() {
    scene.map(0, FRAME, "PWUAD").shows(SUPERVISOR_AC, scene.entry(0, FRAME, "r--"));
    assertConforms(scene.fault(access(0, AccessKind.LOAD, SUPERVISOR_AC), mended()));
    scene.map(0, OTHER_FRAME, "PWUAD").shows(SUPERVISOR_AC);
    assertBlame(Rule.PROC_1, scene.invalidate(0, flushed(ResyncKind.NONE).dropping()));
  }

  @Test
  void turningSmapOnTakesUserPagesAwayAtOnce() {
    LongScene plain = LongScene.in(LongGuest.FOUR_LEVEL, ALL).map(0, FRAME, "PWUAD");
    plain.shows(SUPERVISOR, plain.entry(0, FRAME, "rw-"));
    assertConforms(plain.fault(load(0), mended()));
    assertBlame(Rule.DERIVE_2, plain.set(ControlState.CR4_SMAP, controlChange()));
  }

  @Test
  void withoutSmapTheThirdSetIsNotLookedAt() {
    LongScene plain = LongScene.in(LongGuest.FOUR_LEVEL, ALL).map(0, FRAME, "PWUAD");
    plain.shows(SUPERVISOR_AC, plain.entry(0, OTHER_FRAME, "rw-"));
    assertConforms(plain.invalidate(0, flushed(ResyncKind.NONE)));
    assertBlame(Rule.DERIVE_1, plain.set(ControlState.CR4_SMAP, controlChange()));
  }

  @Test
  void aSupervisorLoadOfAUserPageIsTheGuestsFault() {
    scene.map(0, FRAME, "PWUAD");
    assertBlame(
        Rule.EVENT_2, scene.fault(load(0), resumed(EventCause.GUEST_PAGE_FAULT, ResyncKind.NONE)));
    assertConforms(scene.fault(load(0), Scene.injected(load(0), FaultCode.PRESENT)));
  }

  @Test
  void everySetHasContentOfItsOwn() {
    scene.map(0, FRAME, "PWUAD");
    for (PrivilegeSet set : PrivilegeSet.values()) {
      String rights = set == SUPERVISOR ? "--x" : "rw-";
      AccessKind kind = set == SUPERVISOR ? AccessKind.FETCH : AccessKind.LOAD;
      scene.shows(set, scene.entry(0, FRAME, rights));
      assertConforms(scene.fault(access(0, kind, set), mended()));
    }
  }

  private static Response setChanged() {
    return resumed(EventCause.PRIVILEGE_SET_CHANGE, ResyncKind.FLUSH);
  }

  private static Response controlChange() {
    return flushed(ResyncKind.FLUSH).reporting(EventCause.CONTROL_CHANGE, ResyncKind.FLUSH);
  }
}
