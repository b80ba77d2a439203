package io.vtlb.model.monitor;

import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static io.vtlb.model.monitor.LongGuest.FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME;
import static io.vtlb.model.monitor.LongScene.ALL;
import static io.vtlb.model.monitor.LongScene.assertBlame;
import static io.vtlb.model.monitor.LongScene.assertConforms;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ObservationLevel;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What survives a change of paging mode or of what entries mean, and what does not. */
class ModeSwitchesTest {

  private static final Response FLUSHED = flushed(ResyncKind.NONE);
  private static final Profile AMD =
      new Profile("amd", Vendor.AMD, 46, Profile.GENERIC_64.capabilities(), true);

  @Test
  void withoutPagingPagesAreFrames() {
    LongScene scene = LongScene.in(LongGuest.UNPAGED, ALL);
    scene.shows(SUPERVISOR, scene.entry(FRAME, FRAME, "rwx"));
    assertConforms(scene.fault(load(FRAME), mended()));
    scene.shows(SUPERVISOR, scene.entry(FRAME, OTHER_FRAME, "r--"));
    assertBlame(Rule.DERIVE_1, scene.fault(load(FRAME), mended()));
  }

  @Test
  void turningPagingOnEndsTheIdentity() {
    LongScene scene = LongScene.in(LongGuest.UNPAGED, ALL).map((int) FRAME, OTHER_FRAME, "PWA");
    scene.shows(SUPERVISOR, scene.entry(FRAME, FRAME, "rwx"));
    assertConforms(scene.fault(load(FRAME), mended()));
    assertBlame(Rule.TLB_7, scene.turnPaging(true, FLUSHED));
    scene.shows(SUPERVISOR, scene.entry(FRAME, OTHER_FRAME, "r--"));
    assertConforms(scene.fault(load(FRAME), mended()));
  }

  @Test
  void anIdentityThatTheTablesConfirmMayStay() {
    LongScene scene = LongScene.in(LongGuest.UNPAGED, ALL).map((int) FRAME, FRAME, "PWAD");
    scene.shows(SUPERVISOR, scene.entry(FRAME, FRAME, "rwx"));
    assertConforms(scene.fault(load(FRAME), mended()));
    assertConforms(scene.turnPaging(true, FLUSHED));
    scene.shows(USER, scene.entry(FRAME, FRAME, "r--"));
    assertBlame(Rule.TLB_7, scene.invalidate(FRAME, flushed(ResyncKind.FLUSH)));
  }

  @Test
  void turningPagingOffEndsTranslationsGlobalOnesToo() {
    LongScene scene = LongScene.in(LongGuest.FOUR_LEVEL, ALL).map(0, FRAME, "PWUADG");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertConforms(scene.fault(load(0), mended()));
    assertBlame(Rule.TLB_7, scene.turnPaging(false, FLUSHED));
    assertConforms(scene.shows(SUPERVISOR).turnPaging(true, FLUSHED));
  }

  @Test
  void translationsDoNotComeBackWithPaging() {
    LongScene scene = LongScene.in(LongGuest.FOUR_LEVEL, ALL).map(0, FRAME, "PWUADG");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertConforms(scene.fault(load(0), mended()));
    scene.map(0, OTHER_FRAME, "PWUADG");
    assertConforms(scene.shows(SUPERVISOR).turnPaging(false, FLUSHED));
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertBlame(Rule.TLB_7, scene.turnPaging(true, flushed(ResyncKind.FLUSH)));
  }

  @Test
  void aToggleOfEntryWidthsKeepsOnlyGlobals() {
    LongScene kept = LongScene.inPae(ALL).map(0, FRAME, "PWUADG");
    kept.shows(SUPERVISOR, kept.entry(0, FRAME, "r--"));
    assertConforms(kept.fault(load(0), mended()));
    assertConforms(kept.clear(ControlState.CR4_PAE, FLUSHED));
    LongScene dropped = LongScene.inPae(ALL).map(0, FRAME, "PWUAD");
    dropped.shows(SUPERVISOR, dropped.entry(0, FRAME, "r--"));
    assertConforms(dropped.fault(load(0), mended()));
    assertBlame(Rule.TLB_6, dropped.clear(ControlState.CR4_PAE, FLUSHED));
  }

  @Test
  void clearingExecutionPreventionObligesNothing() {
    LongScene scene = LongScene.in(LongGuest.FOUR_LEVEL, ALL).map(0, FRAME, "PWUAD");
    assertConforms(scene.set(ControlState.CR4_SMEP, FLUSHED));
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertConforms(scene.fault(load(0), mended()));
    scene.map(0, OTHER_FRAME, "PWUAD");
    assertConforms(scene.clear(ControlState.CR4_SMEP, FLUSHED));
  }

  @Test
  void executionPreventionTakesTheRightAwayAtOnce() {
    LongScene scene = LongScene.in(LongGuest.FOUR_LEVEL, ALL).map(0, FRAME, "PWUADG");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r-x"));
    assertConforms(scene.fault(load(0), mended()));
    assertBlame(Rule.DERIVE_2, scene.set(ControlState.CR4_SMEP, FLUSHED));
  }

  @Test
  void executeDisableCountsAsSoonAsItIsEnabled() {
    LongScene scene = LongScene.in(LongGuest.FOUR_LEVEL, ALL).map(0, FRAME, "PWUADX");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertConforms(scene.fault(load(0), mended()));
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r-x"));
    assertConforms(
        scene.write(
            ControlRegister.EFER,
            LongGuest.FOUR_LEVEL.efer() & ~ControlState.EFER_NXE,
            controlChange()));
    assertBlame(
        Rule.DERIVE_2,
        scene.write(ControlRegister.EFER, LongGuest.FOUR_LEVEL.efer(), controlChange()));
  }

  @Test
  void executeDisableIsReservedWhileItIsNotEnabled() {
    ControlState without =
        LongGuest.FOUR_LEVEL.with(
            ControlRegister.EFER, LongGuest.FOUR_LEVEL.efer() & ~ControlState.EFER_NXE);
    LongScene scene = LongScene.in(without, ALL).map(0, FRAME, "PWUADX");
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertBlame(Rule.DERIVE_1, scene.invalidate(0, flushed(ResyncKind.FLUSH)));
  }

  @Test
  void onSomeProcessorsPageSizeExtensionsFlushEverything() {
    assertBlame(Rule.TLB_5, togglesPageSizeExtensions(AMD));
    assertConforms(togglesPageSizeExtensions(Profile.GENERIC_64));
  }

  private static Optional<Violation> togglesPageSizeExtensions(Profile profile) {
    LongScene scene =
        new LongScene(
            new LongGuest(0), LongGuest.FOUR_LEVEL, profile, ALL, ObservationLevel.SELF_REPORTING);
    scene.map(0, FRAME, "PWUADG").shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertConforms(scene.fault(load(0), mended()));
    scene.map(0, OTHER_FRAME, "PWUADG");
    return scene.set(ControlState.CR4_PSE, FLUSHED);
  }

  @Test
  void onSomeProcessorsProtectionKeysFlushEverythingAndExecutionPreventionNothing() {
    assertBlame(Rule.TLB_5, sets(ControlState.CR4_PKE, "PWADG", AMD));
    assertConforms(sets(ControlState.CR4_PKE, "PWAD", Profile.GENERIC_64));
    assertBlame(Rule.TLB_6, sets(ControlState.CR4_SMEP, "PWAD", Profile.GENERIC_64));
    assertConforms(sets(ControlState.CR4_SMEP, "PWAD", AMD));
  }

  /** Page 0 is shown as it was when bits of CR4 are set. */
  private static Optional<Violation> sets(long bits, String flags, Profile profile) {
    LongScene scene =
        new LongScene(
            new LongGuest(0), LongGuest.FOUR_LEVEL, profile, ALL, ObservationLevel.SELF_REPORTING);
    scene.map(0, FRAME, flags).shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertConforms(scene.fault(load(0), mended()));
    scene.map(0, OTHER_FRAME, flags);
    return scene.set(bits, FLUSHED);
  }

  @Test
  void thePdpteRegistersCountAndNotTheirMemory() {
    LongScene scene = LongScene.inPae(ALL).map(0, FRAME, "PWUAD");
    scene.mapOther(0, OTHER_FRAME, "PWUAD");
    scene.put(LongGuest.ROOT, 0, LongGuest.entry(LongGuest.OTHER_DIRECTORY, "P"));
    scene.shows(SUPERVISOR, scene.entry(0, OTHER_FRAME, "r--"));
    assertBlame(Rule.DERIVE_1, scene.fault(load(0), mended()));
    assertConforms(scene.load(LongGuest.ROOT, 0, flushed(ResyncKind.FLUSH)));
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    assertBlame(Rule.TLB_2, scene.invalidate(0, flushed(ResyncKind.FLUSH)));
  }

  private static Response controlChange() {
    return flushed(ResyncKind.FLUSH).reporting(EventCause.CONTROL_CHANGE, ResyncKind.FLUSH);
  }
}
