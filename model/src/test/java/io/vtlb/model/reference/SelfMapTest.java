package io.vtlb.model.reference;

import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.LongGuest.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Response.Action;
import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.guest.GuestEntry;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.monitor.LongGuest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A table that maps itself is read at several levels of one walk, and marked once. */
class SelfMapTest {

  private static final int SELF = 256;

  @Test
  void aRootThatMapsItselfAtEveryLevelIsMarked() {
    LongVmm vmm = bounded(LongGuest.FOUR_LEVEL);
    vmm.guest().put(ROOT, SELF, LongGuest.entry(ROOT, "PW"));
    long page = selfPage(4) | -1L << 35;
    assertEquals(new Action.Resume(), vmm.store(page).action());
    assertEquals(LongGuest.entry(ROOT, "PWAD"), vmm.guest().entry(ROOT, SELF));
    assertEquals(List.of(vmm.entryTo(page, ROOT, "rwx")), vmm.shown(SUPERVISOR));
  }

  @Test
  void fiveLevelsToo() {
    ControlState control =
        new ControlState(
            LongGuest.FIVE_LEVEL.cr0(),
            LongGuest.FOUR_LEVEL.cr3(),
            LongGuest.FIVE_LEVEL.cr4(),
            LongGuest.FIVE_LEVEL.efer());
    LongVmm vmm = bounded(control);
    vmm.guest().put(ROOT, SELF, LongGuest.entry(ROOT, "PW"));
    long page = selfPage(5) | -1L << 44;
    assertEquals(new Action.Resume(), vmm.store(page).action());
    assertEquals(LongGuest.entry(ROOT, "PWAD"), vmm.guest().entry(ROOT, SELF));
  }

  @Test
  void aDirectoryOfThirtyTwoBitPagingToo() {
    ExampleGuest guest = new ExampleGuest(0);
    VmmUnderTest vmm = new VmmUnderTest(guest, new BoundedMemory(guest.memory()));
    vmm.guest().entry(ExampleGuest.ROOT, 1023, ExampleGuest.ROOT, "PW");
    assertEquals(new Action.Resume(), vmm.store(ExampleGuest.page(1023, 1023)).action());
    assertEquals(GuestEntry.of(ExampleGuest.ROOT, "PWAD"), vmm.entry(ExampleGuest.ROOT, 1023));
  }

  private static LongVmm bounded(ControlState control) {
    LongGuest guest = new LongGuest(0);
    return new LongVmm(guest, control, new BoundedMemory(guest.memory()));
  }

  /** The page whose every index is {@link #SELF}. */
  private static long selfPage(int levels) {
    long page = 0;
    for (int level = 0; level < levels; level++) {
      page = page << 9 | SELF;
    }
    return page;
  }
}
