package io.vtlb.model.monitor;

import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.LongGuest.FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME;
import static io.vtlb.model.monitor.LongGuest.ROOT;
import static io.vtlb.model.monitor.LongGuest.TABLE;
import static io.vtlb.model.monitor.LongScene.ALL;
import static io.vtlb.model.monitor.LongScene.assertBlame;
import static io.vtlb.model.monitor.LongScene.assertConforms;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static io.vtlb.model.monitor.Scene.store;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.guest.GuestEntry;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.rule.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a target may write to entries of eight bytes, and to data beside them. */
class WideEntriesTest {

  private static final int HIGH_HALF = 4;

  private final LongScene scene = LongScene.in(LongGuest.FOUR_LEVEL, ALL);

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void accessedAndDirtyAreSetInTheEntryOrItsLowHalf(int bytes) {
    scene.map(0, FRAME, "PWUX").shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"));
    scene.meanwhile(() -> {
      set(0, bytes, 0, LongGuest.entry(0, "A"));
      set(0, bytes, 0, LongGuest.entry(0, "D"));
    });
    assertConforms(scene.fault(store(0), mended()));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void dirtyIsNotSetForALoad(int bytes) {
    scene.map(0, FRAME, "PWUA").shows(SUPERVISOR, scene.entry(0, FRAME, "r--"));
    scene.meanwhile(() -> set(0, bytes, 0, LongGuest.entry(0, "D")));
    assertBlame(Rule.AD_3, scene.fault(load(0), mended()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "D", "P"})
  void theHighHalfIsNotTheEntrysFlags(String flags) {
    scene.map(0, FRAME, "PWUAD").shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"));
    scene.meanwhile(() -> set(0, 4, HIGH_HALF, LongGuest.entry(0, flags)));
    assertBlame(Rule.AD_3, scene.fault(store(0), mended()));
  }

  @Test
  void nothingElseInTheEntryChanges() {
    scene.map(0, FRAME, "PWU").shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"));
    scene.meanwhile(() -> set(0, 8, 0, LongGuest.entry(0, "ADX")));
    assertBlame(Rule.AD_3, scene.fault(store(0), mended()));
  }

  @Test
  void aPdpteInMemoryIsNoEntryOfTheWalk() {
    LongScene pae = LongScene.inPae(ALL).map(0, FRAME, "PWUAD");
    pae.shows(SUPERVISOR, pae.entry(0, FRAME, "rw-"));
    long address = LongGuest.address(ROOT, 0);
    pae.meanwhile(() -> {
      long entry = pae.memory().read(address, 8);
      pae.memory().compareAndSet(address, 8, entry, entry | LongGuest.entry(0, "A"));
    });
    assertBlame(Rule.AD_3, pae.fault(load(0), mended()));
  }

  @Test
  void anEmulatedStoreOfEightBytesMakesBothEntriesOfFourAdmissible() {
    Scene narrow = Scene.reporting(ALL);
    long table = ExampleGuest.TABLE;
    narrow.map(0, table, "PWUAD");
    long value = (long) GuestEntry.of(FRAME, "PWUAD") << 32 | GuestEntry.of(OTHER_FRAME, "PWUAD");
    Access access = new Access(16, AccessKind.STORE, SUPERVISOR, 0, 8);
    narrow.meanwhile(() -> narrow.memory().store(PageSize.address(table, 16), 8, value));
    assertConforms(narrow.fault(access, value, emulated()));
    narrow.shows(SUPERVISOR, narrow.entry(5, FRAME, "r--"));
    assertConforms(narrow.fault(load(5), mended()));
  }

  @Test
  void anEmulatedStoreWritesAsManyBytesAsTheGuestDid() {
    scene.map(0, FRAME, "PWUAD");
    scene.meanwhile(() -> scene.memory().store(PageSize.address(FRAME, 0), 8, 0xABCD));
    assertBlame(Rule.AD_3, scene.fault(store(0), emulated()));
    scene.meanwhile(() -> scene.memory().store(PageSize.address(FRAME, 0), 4, 0xABCD));
    assertConforms(scene.fault(store(0), emulated()));
  }

  private static Response emulated() {
    return Response.of(new Response.Action.StoreEmulated())
        .reporting(EventCause.INCONSISTENCY, ResyncKind.FLUSH);
  }

  private void set(int index, int bytes, int offset, long bits) {
    long address = LongGuest.address(TABLE, index) + offset;
    long before = scene.memory().read(address, bytes);
    scene.memory().compareAndSet(address, bytes, before, before | bits);
  }
}
