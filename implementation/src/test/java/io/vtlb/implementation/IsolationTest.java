package io.vtlb.implementation;

import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.ROOT;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two machines on one virtual TLB share nothing. */
class IsolationTest {

  private static final int TABLE = 2;
  private static final HostMap ELSEWHERE = new HostMap(List.of(new HostRange(0, 0x500000, 64)));

  private final IndexedVirtualTlb tlb = new IndexedVirtualTlb();
  private final Guest first = new Guest(tlb, 0, Guest.HOST_MAP, Profile.GENERIC_32);
  private final Guest second = new Guest(tlb, 1, ELSEWHERE, Profile.GENERIC_32);

  @Test
  void eachMachineReachesItsOwnFramesOnly() {
    use(first);
    use(second);
    assertEquals("0x10009 r-x", first.seen(SUPERVISOR, 0));
    assertEquals("0x500009 r-x", second.seen(SUPERVISOR, 0));
  }

  @Test
  void anEventOfOneMachineLeavesTheOtherAlone() {
    use(first);
    use(second);
    second.invalidate(0);
    second.root(TABLE);
    assertEquals("0x10009 r-x", first.seen(SUPERVISOR, 0));
    assertEquals(List.of(), second.entries(SUPERVISOR));
  }

  @Test
  void aMachineIsCreatedOnceAndBeforeItsEvents() {
    assertThrows(
        IllegalArgumentException.class, () -> new Guest(tlb, 1, ELSEWHERE, Profile.GENERIC_32));
    assertThrows(
        IllegalArgumentException.class, () -> tlb.activeEntries(new Vcpu(2, 0), SUPERVISOR));
  }

  private static void use(Guest guest) {
    guest.entry(ROOT, 0, TABLE, P);
    guest.entry(TABLE, 0, 9, P);
    guest.load(SUPERVISOR, 0);
  }
}
