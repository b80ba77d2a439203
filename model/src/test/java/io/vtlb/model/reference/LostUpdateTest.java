package io.vtlb.model.reference;

import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_TABLE;
import static io.vtlb.model.guest.ExampleGuest.ROOT;
import static io.vtlb.model.guest.ExampleGuest.TABLE;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Response.Action;
import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.guest.GuestEntry;
import io.vtlb.model.machine.FaultCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An entry that changes between the walk and the update of its bits is walked again, never
 * overwritten.
 */
class LostUpdateTest {

  private static final int READS_OF_A_WALK = 2;

  private final ExampleGuest guest = new ExampleGuest(0);

  @Test
  void anEntryThatMovesIsFollowed() {
    RacingMemory memory = racing(TABLE, GuestEntry.of(OTHER_FRAME, "PWU"));
    VmmUnderTest vmm = new VmmUnderTest(guest, memory).map(0, FRAME, "PWU");
    assertEquals(new Action.Resume(), vmm.store(0).action());
    assertEquals(List.of(vmm.entryTo(0, OTHER_FRAME, "rwx")), vmm.shown(SUPERVISOR));
    assertEquals(GuestEntry.of(OTHER_FRAME, "PWUAD"), vmm.entry(TABLE, 0));
    assertEquals(2 * READS_OF_A_WALK, memory.reads());
  }

  @Test
  void anEntryThatGoesIsTheGuestsFault() {
    RacingMemory memory = racing(TABLE, 0);
    VmmUnderTest vmm = new VmmUnderTest(guest, memory).map(0, FRAME, "PWU");
    assertEquals(
        new Action.InjectPageFault(new FaultCode(FaultCode.WRITE), 0x24), vmm.store(0).action());
    assertEquals(0, vmm.entry(TABLE, 0));
    assertEquals(List.of(), vmm.shown(SUPERVISOR));
  }

  @Test
  void aDirectoryEntryThatMovesIsFollowed() {
    RacingMemory memory = racing(ROOT, GuestEntry.of(OTHER_TABLE, "PWU"));
    VmmUnderTest vmm = new VmmUnderTest(guest, memory).map(0, FRAME, "PWU");
    guest.entry(OTHER_TABLE, 0, OTHER_FRAME, "PWU");
    vmm.load(0);
    assertEquals(List.of(vmm.entryTo(0, OTHER_FRAME, "r-x")), vmm.shown(SUPERVISOR));
    assertEquals(GuestEntry.of(FRAME, "PWU"), vmm.entry(TABLE, 0), "the old leaf is left alone");
  }

  @Test
  void anEntryWhoseBitsAreSetAlreadyIsNotUpdated() {
    RacingMemory memory = racing(TABLE, GuestEntry.of(OTHER_FRAME, "PWUAD"));
    VmmUnderTest vmm = new VmmUnderTest(guest, memory).map(0, FRAME, "PWUAD");
    guest.entry(ROOT, 0, TABLE, "PWUA");
    vmm.load(0);
    assertEquals(READS_OF_A_WALK, memory.reads());
    assertEquals(
        List.of(vmm.entryTo(0, FRAME, "rwx")),
        vmm.shown(SUPERVISOR),
        "the old translation was admissible when it was read");
  }

  /** Another agent writes the first entry of a table right after the first walk. */
  private RacingMemory racing(long table, int value) {
    return new RacingMemory(guest.memory(), READS_OF_A_WALK, ExampleGuest.address(table, 0), value);
  }
}
