package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertDropsEverything;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Answers.assertReport;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.ControlRegister.CR0;
import static io.vtlb.model.machine.ControlRegister.CR3;
import static io.vtlb.model.machine.ControlRegister.CR4;
import static io.vtlb.model.machine.ControlRegister.EFER;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlState;
import org.junit.jupiter.api.Test;

/** What was derived in one paging mode is never reachable in another. */
class ModeSwitchTest {

  private static final int PAGE = 9;
  private static final long ALL = P | W | U | A | D;

  /** Tables of four and of eight bytes that map page 9 to frame 10 and 11, below frames 2 and 4. */
  private static final int NARROW_ROOT = 2;

  private static final int WIDE_ROOT = 4;
  private static final int POINTERS = 5;

  private final Guest guest = new Guest(Layout.NO_PAGING);

  ModeSwitchTest() {
    narrow(NARROW_ROOT, 0, 3L << 12 | ALL);
    narrow(3, PAGE, 10L << 12 | ALL);
    wide(WIDE_ROOT, 5L << 12 | ALL);
    wide(POINTERS, 6L << 12 | P);
    wide(6, 7L << 12 | ALL);
    guest.memory.set(0x7000 + 8L * PAGE, 8, 11L << 12 | ALL);
  }

  private void narrow(long frame, int index, long entry) {
    guest.memory.set((frame << 12) + 4L * index, 4, entry);
  }

  private void wide(long frame, long entry) {
    guest.memory.set(frame << 12, 8, entry);
  }

  @Test
  void pagingOnAndOff() {
    guest.load(SUPERVISOR, PAGE);
    assertEquals("0x10009 rwx", guest.seen(SUPERVISOR, PAGE));
    guest.root(NARROW_ROOT);
    assertSwitched(guest.set(CR0, ControlState.CR0_PG), "0x1000a rwx");
    assertSwitched(guest.clear(CR0, ControlState.CR0_PG), "0x10009 rwx");
  }

  @Test
  void intoPaeAndBack() {
    guest.root(NARROW_ROOT);
    guest.set(CR0, ControlState.CR0_PG);
    guest.load(SUPERVISOR, PAGE);
    narrow(NARROW_ROOT, 0, 6L << 12 | P);
    assertSwitched(guest.set(CR4, ControlState.CR4_PAE), "0x1000b rwx");
    narrow(NARROW_ROOT, 0, 3L << 12 | ALL);
    assertSwitched(guest.clear(CR4, ControlState.CR4_PAE), "0x1000a rwx");
  }

  @Test
  void intoFourLevelsAndThroughNoPagingIntoFive() {
    guest.load(SUPERVISOR, PAGE);
    guest.set(CR4, ControlState.CR4_PAE);
    guest.set(EFER, ControlState.EFER_LME);
    guest.root(WIDE_ROOT);
    wide(POINTERS, 6L << 12 | ALL);
    assertEquals("0x10009 rwx", guest.seen(SUPERVISOR, PAGE));
    assertSwitched(guest.set(CR0, ControlState.CR0_PG), "0x1000b rwx");
    assertSwitched(guest.clear(CR0, ControlState.CR0_PG), "0x10009 rwx");
    guest.set(CR4, ControlState.CR4_LA57);
    wide(8, 4L << 12 | ALL);
    guest.root(8);
    assertSwitched(guest.set(CR0, ControlState.CR0_PG), "0x1000b rwx");
  }

  @Test
  void fromPaeIntoFourLevels() {
    guest.set(CR4, ControlState.CR4_PAE);
    guest.root(POINTERS);
    guest.set(CR0, ControlState.CR0_PG);
    guest.load(SUPERVISOR, PAGE);
    assertEquals("0x1000b rwx", guest.seen(SUPERVISOR, PAGE));
    guest.clear(CR0, ControlState.CR0_PG);
    guest.set(EFER, ControlState.EFER_LME);
    guest.write(CR3, (long) WIDE_ROOT << 12);
    guest.memory.set(0x7000 + 8L * PAGE, 8, 12L << 12 | ALL);
    wide(POINTERS, 6L << 12 | ALL);
    guest.set(CR0, ControlState.CR0_PG);
    assertInstalled(guest.load(SUPERVISOR, PAGE));
    assertEquals("0x1000c rwx", guest.seen(SUPERVISOR, PAGE));
  }

  @Test
  void bitsOfAModeThatIsNotInUseChangeNothing() {
    guest.load(SUPERVISOR, PAGE);
    Response response = guest.set(CR4, ControlState.CR4_PAE);
    assertReport(EventCause.TLB_MANIPULATION, ResyncKind.FULL, response);
    response = guest.set(EFER, ControlState.EFER_LME);
    assertReport(EventCause.CONTROL_CHANGE, ResyncKind.FULL, response);
    assertEquals("0x10009 rwx", guest.seen(SUPERVISOR, PAGE));
  }

  private void assertSwitched(Response response, String then) {
    assertReport(EventCause.TLB_MANIPULATION, ResyncKind.FLUSH, response);
    assertDropsEverything(response);
    assertEquals("none", guest.seen(SUPERVISOR, PAGE));
    assertInstalled(guest.load(SUPERVISOR, PAGE));
    assertEquals(then, guest.seen(SUPERVISOR, PAGE));
  }
}
