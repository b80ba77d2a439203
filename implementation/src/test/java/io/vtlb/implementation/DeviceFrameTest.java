package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertDevice;
import static io.vtlb.implementation.Answers.assertDropsNothing;
import static io.vtlb.implementation.Answers.assertDropsPage;
import static io.vtlb.implementation.Answers.assertFault;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.DEVICE_FRAME;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.ROOT;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A frame with no memory behind it is reached by whoever emulates the device, never by an entry.
 */
class DeviceFrameTest {

  private static final int TABLE = 2;
  private final Guest guest = new Guest();

  @BeforeEach
  void mapTheDevice() {
    guest.entry(ROOT, 0, TABLE, P | W);
    guest.entry(TABLE, 0, DEVICE_FRAME, P | W);
  }

  @Test
  void anAccessGoesToTheDevice() {
    Response response = guest.store(SUPERVISOR, 0);
    assertDevice(response);
    assertDropsNothing(response);
    assertEquals(List.of(), guest.entries(SUPERVISOR));
    assertEquals(P | W | A | D, guest.flags(TABLE, 0));
  }

  @Test
  void protectionComesFirst() {
    assertFault(0x5, guest.load(USER, 0));
    assertEquals(P | W, guest.flags(TABLE, 0));
  }

  @Test
  void aStaleEntryOfThePageIsRemoved() {
    guest.entry(TABLE, 0, 9, P | W);
    guest.load(SUPERVISOR, 0);
    guest.entry(TABLE, 0, DEVICE_FRAME, P | W);
    Response response = guest.store(SUPERVISOR, 0);
    assertDevice(response);
    assertDropsPage(0, response);
    assertEquals("none", guest.seen(SUPERVISOR, 0));
  }
}
