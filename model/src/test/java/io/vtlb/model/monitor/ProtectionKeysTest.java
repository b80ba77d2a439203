package io.vtlb.model.monitor;

import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static io.vtlb.model.monitor.LongGuest.FRAME;
import static io.vtlb.model.monitor.LongGuest.TABLE;
import static io.vtlb.model.monitor.LongScene.ALL;
import static io.vtlb.model.monitor.LongScene.assertBlame;
import static io.vtlb.model.monitor.LongScene.assertConforms;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.injected;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static io.vtlb.model.monitor.Scene.resumed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PKRU is the guest's, so the processor has to find the guest's own key in the active entry. */
class ProtectionKeysTest {

  private static final ControlState KEYS =
      LongGuest.with(LongGuest.FOUR_LEVEL, ControlState.CR4_PKE);
  private static final int KEY = 3;

  /** PKRU with access and write disabled for {@link #KEY}. */
  private static final int FORBIDDEN = 0b11 << (2 * KEY);

  private final LongScene scene = LongScene.in(KEYS, ALL);

  @ParameterizedTest
  @EnumSource(names = {"SUPERVISOR", "USER"})
  void anEntryOfAUserPageHasItsKey(PrivilegeSet set) {
    user(KEY).shows(set, scene.keyed(0, FRAME, "r--", KEY));
    assertConforms(scene.fault(access(set, 0), mended()));
    scene.shows(set, scene.keyed(0, FRAME, "r--", KEY + 1));
    assertBlame(Rule.DERIVE_2, scene.invalidate(0, flushed(ResyncKind.FLUSH)));
    scene.shows(set, scene.entry(0, FRAME, "r--"));
    assertBlame(Rule.DERIVE_2, scene.invalidate(0, flushed(ResyncKind.FLUSH)));
  }

  @Test
  void keyZeroIsAKey() {
    user(0).shows(USER, scene.entry(0, FRAME, "r--"));
    assertBlame(Rule.DERIVE_2, scene.fault(access(USER, 0), mended()));
  }

  @Test
  void anEntryOfASupervisorPageNeedsNoKey() {
    scene.put(TABLE, 0, LongGuest.entry(FRAME, "PWAD", KEY));
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"));
    assertConforms(scene.fault(load(0), mended()));
  }

  @Test
  void anEntryThatOnlyAllowsFetchesNeedsNoKey() {
    LongScene smap = LongScene.in(LongGuest.with(KEYS, ControlState.CR4_SMAP), ALL);
    smap.put(TABLE, 0, LongGuest.entry(FRAME, "PWUAD", KEY));
    smap.shows(SUPERVISOR, smap.entry(0, FRAME, "--x"));
    assertConforms(smap.fault(Scene.access(0, AccessKind.FETCH, SUPERVISOR), mended()));
  }

  @Test
  void withoutProtectionKeysNoKeyCounts() {
    LongScene off = LongScene.in(LongGuest.FOUR_LEVEL, ALL);
    off.put(TABLE, 0, LongGuest.entry(FRAME, "PWUAD", KEY));
    off.shows(USER, off.keyed(0, FRAME, "r--", KEY + 1));
    assertConforms(off.fault(access(USER, FORBIDDEN), mended()));
    assertBlame(
        Rule.DERIVE_2,
        off.set(ControlState.CR4_PKE, resumed(EventCause.CONTROL_CHANGE, ResyncKind.FLUSH)));
  }

  @Test
  void aKeyThatForbidsIsToldInTheFaultCode() {
    user(KEY);
    int code = FaultCode.PRESENT | FaultCode.USER;
    Access denied = access(USER, FORBIDDEN);
    assertBlame(Rule.EVENT_3, scene.fault(denied, injected(denied, code)));
    assertConforms(scene.fault(denied, injected(denied, code | FaultCode.PROTECTION_KEY)));
    Access permitted = access(USER, FORBIDDEN << 2);
    assertBlame(
        Rule.EVENT_4, scene.fault(permitted, injected(permitted, code | FaultCode.PROTECTION_KEY)));
  }

  @Test
  void anEntryWhoseKeyForbidsDoesNotMakeTheFaultSpurious() {
    user(KEY).shows(USER, scene.keyed(0, FRAME, "rw-", KEY));
    assertConforms(scene.fault(access(USER, 0), mended()));
    user(KEY + 1).shows(USER, scene.keyed(0, FRAME, "rw-", KEY + 1));
    Access access = access(USER, FORBIDDEN);
    assertBlame(Rule.EVENT_6, scene.fault(access, resumed(EventCause.SPURIOUS, ResyncKind.FLUSH)));
  }

  @Test
  void aPartialResyncMendsTheKeyToo() {
    user(KEY).shows(USER, scene.keyed(0, FRAME, "rw-", KEY));
    assertConforms(scene.fault(access(USER, 0), mended()));
    user(KEY + 1);
    assertBlame(
        Rule.PARTIAL_1,
        scene.fault(
            access(USER, FORBIDDEN), resumed(EventCause.INCONSISTENCY, ResyncKind.PARTIAL)));
  }

  @Test
  void aFullResyncMendsTheKeyToo() {
    user(KEY).shows(USER, scene.keyed(0, FRAME, "rw-", KEY));
    assertConforms(scene.fault(access(USER, 0), mended()));
    user(KEY + 1).shows(USER, scene.keyed(0, FRAME, "rw-", KEY + 1));
    assertConforms(scene.load(LongGuest.ROOT, 0, flushed(ResyncKind.FULL)));
  }

  @Test
  void aFullResyncMayTakeAKeyAwayThatCountsNoMore() {
    user(KEY).shows(USER, scene.keyed(0, FRAME, "rw-", KEY));
    assertConforms(scene.fault(access(USER, 0), mended()));
    scene.shows(USER, scene.entry(0, FRAME, "rw-"));
    assertConforms(
        scene.clear(
            ControlState.CR4_PKE,
            flushed(ResyncKind.FULL).reporting(EventCause.CONTROL_CHANGE, ResyncKind.FULL)));
  }

  @Test
  void aStaleKeyIsBlamedOnTheRowThatEndedIt() {
    user(KEY).shows(USER, scene.keyed(0, FRAME, "rw-", KEY));
    assertConforms(scene.fault(access(USER, 0), mended()));
    user(KEY + 1);
    assertBlame(Rule.TLB_1, scene.invalidate(0, flushed(ResyncKind.NONE)));
  }

  @Test
  void theProcessorMayNotHoldAStaleKey() {
    user(KEY).shows(USER, scene.keyed(0, FRAME, "rw-", KEY));
    assertConforms(scene.fault(access(USER, 0), mended()));
    user(KEY + 1).shows(USER, scene.keyed(0, FRAME, "rw-", KEY + 1));
    assertBlame(Rule.PROC_1, scene.invalidate(0, flushed(ResyncKind.FLUSH).dropping()));
  }

  @Test
  void droppingTheKeyOfAnEntryWidensIt() {
    ActiveContent keyed = content(scene.keyed(0, FRAME, "rw-", KEY));
    ActiveContent free = content(scene.entry(0, FRAME, "rw-"));
    ActiveContent otherwise = content(scene.keyed(0, FRAME, "rw-", KEY + 1));
    assertWidens(true, keyed, free);
    assertWidens(false, free, keyed);
    assertWidens(true, keyed, otherwise);
  }

  private static void assertWidens(boolean widens, ActiveContent before, ActiveContent after) {
    assertEquals(widens, after.addedOrWidened(before).isPresent());
  }

  private static ActiveContent content(ActiveEntry entry) {
    return new ActiveContent(List.of(entry), List.of(), List.of());
  }

  /** Page 0 is a user page with this key. */
  private LongScene user(int key) {
    return scene.put(TABLE, 0, LongGuest.entry(FRAME, "PWUAD", key));
  }

  private static Access access(PrivilegeSet set, int pkru) {
    return new Access(PageSize.address(0, 0), AccessKind.LOAD, set, pkru, 4);
  }
}
