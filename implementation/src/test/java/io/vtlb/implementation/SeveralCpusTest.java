package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.ControlRegister.CR0;
import static io.vtlb.model.machine.ControlRegister.CR4;
import static io.vtlb.model.machine.InvalidationType.ALL_CONTEXTS;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.ControlState;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each virtual CPU has control state and active content of its own, above one memory. */
class SeveralCpusTest {

  private static final long PAGE = 5;
  private static final long ALL = P | W | U | A | D;
  private final List<Guest> cpus = Guest.cpus(3, Layout.LEVELS_4);
  private final Guest first = cpus.get(0);
  private final Guest second = cpus.get(1);

  @BeforeEach
  void useOnePageOnTwo() {
    first.map(PAGE, 9, ALL);
    assertInstalled(first.load(USER, PAGE));
    assertInstalled(second.load(USER, PAGE));
    first.map(PAGE, 10, ALL);
  }

  @Test
  void theThirdHasNothing() {
    assertEquals(List.of(), cpus.get(2).entries(USER));
  }

  @Test
  void anInvalidationReachesOneOnly() {
    first.invalidate(PAGE);
    first.root(Guest.ROOT);
    first.invalidate(ALL_CONTEXTS, 0, 0);
    first.set(CR4, ControlState.CR4_PGE);
    assertEquals("none", first.seen(USER, PAGE));
    assertEquals("0x10009 rwx", second.seen(USER, PAGE));
    second.invalidate(PAGE);
    assertEquals("none", second.seen(USER, PAGE));
  }

  @Test
  void contextsAreNotShared() {
    first.set(CR4, ControlState.CR4_PCIDE);
    second.set(CR4, ControlState.CR4_PCIDE);
    first.load(USER, PAGE);
    first.pcid(1);
    second.keptPcid(1);
    first.load(USER, PAGE);
    assertEquals("none", second.seen(USER, PAGE));
  }

  @Test
  void controlStatesAreNotShared() {
    first.map(PAGE, 9, ALL & ~W);
    first.clear(CR0, ControlState.CR0_WP);
    assertInstalled(first.store(SUPERVISOR, PAGE));
    Answers.assertFault(3, second.store(SUPERVISOR, PAGE));
  }
}
