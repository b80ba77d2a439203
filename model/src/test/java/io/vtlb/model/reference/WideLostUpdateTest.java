package io.vtlb.model.reference;

import static io.vtlb.model.monitor.LongGuest.DIRECTORY;
import static io.vtlb.model.monitor.LongGuest.FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_TABLE;
import static io.vtlb.model.monitor.LongGuest.TABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.monitor.LongGuest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An entry of eight bytes that changes, even in its high half only, is not overwritten. */
class WideLostUpdateTest {

  private static final int READS_OF_A_WALK = 4;

  private final LongGuest guest = new LongGuest(0);

  @Test
  void aHighHalfThatChangesIsSeen() {
    long executable = LongGuest.entry(FRAME, "PWU");
    LongVmm vmm = racing(LongGuest.address(TABLE, 0) + 4, 1 << 31).map(0, FRAME, "PWU");
    assertEquals(new Action.Resume(), vmm.store(0).action());
    assertEquals(List.of(vmm.entryTo(0, FRAME, "rw-")), vmm.shown());
    assertEquals(executable | LongGuest.entry(0, "ADX"), guest.entry(TABLE, 0));
  }

  @Test
  void anEntryThatMovesIsFollowed() {
    int moved = (int) LongGuest.entry(OTHER_FRAME, "PWU");
    LongVmm vmm = racing(LongGuest.address(TABLE, 0), moved).map(0, FRAME, "PWU");
    vmm.store(0);
    assertEquals(List.of(vmm.entryTo(0, OTHER_FRAME, "rwx")), vmm.shown());
    assertEquals(LongGuest.entry(OTHER_FRAME, "PWUAD"), guest.entry(TABLE, 0));
  }

  @Test
  void anEntryThatGoesIsTheGuestsFault() {
    LongVmm vmm = racing(LongGuest.address(TABLE, 0), 0).map(0, FRAME, "PWU");
    assertEquals(
        new Action.InjectPageFault(new FaultCode(FaultCode.WRITE), 0x24), vmm.store(0).action());
    assertEquals(0, guest.entry(TABLE, 0));
  }

  @Test
  void aDirectoryEntryThatMovesIsFollowed() {
    int moved = (int) LongGuest.entry(OTHER_TABLE, "PWU");
    LongVmm vmm = racing(LongGuest.address(DIRECTORY, 0), moved).map(0, FRAME, "PWU");
    guest.put(DIRECTORY, 0, LongGuest.entry(TABLE, "PWU"));
    guest.put(OTHER_TABLE, 0, LongGuest.entry(OTHER_FRAME, "PWU"));
    vmm.load(0);
    assertEquals(List.of(vmm.entryTo(0, OTHER_FRAME, "r-x")), vmm.shown());
    assertEquals(LongGuest.entry(FRAME, "PWU"), guest.entry(TABLE, 0), "the old leaf is left");
  }

  /** Another agent writes one word right after the first walk. */
  private LongVmm racing(long address, int value) {
    RacingMemory memory = new RacingMemory(guest.memory(), READS_OF_A_WALK, address, value);
    return new LongVmm(guest, LongGuest.FOUR_LEVEL, memory);
  }
}
