package io.vtlb.conformance.run;

import static io.vtlb.conformance.run.LongWorld.CPU;
import static io.vtlb.conformance.run.LongWorld.FRAME;
import static io.vtlb.conformance.run.LongWorld.SUPERVISOR;
import static io.vtlb.conformance.run.LongWorld.entry;
import static io.vtlb.conformance.run.LongWorld.keyed;
import static io.vtlb.conformance.run.Seen.COMPLETED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteProtectionKeyRights;
import io.vtlb.model.operation.Observation.PageFaulted;
import io.vtlb.model.trace.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PKRU is applied by the processor, at the access, by the key of the active entry. */
class ProtectionKeyRightsTest {

  private static final int KEY = 2;
  private static final WriteProtectionKeyRights NO_ACCESS = write(1 << (2 * KEY));
  private static final WriteProtectionKeyRights NO_WRITE = write(2 << (2 * KEY));
  private static final WriteProtectionKeyRights ALL = write(0);
  private static final World WORLD =
      LongWorld.of(
          ControlState.CR4_PKE,
          1,
          keyed(FRAME, KEY),
          keyed(FRAME, KEY + 1),
          entry(FRAME, SUPERVISOR) | (long) KEY << 59);

  private static WriteProtectionKeyRights write(int value) {
    return new WriteProtectionKeyRights(CPU, value);
  }

  private static PageFaulted fault(int code, long address) {
    return new PageFaulted(
        new FaultCode(FaultCode.PRESENT | FaultCode.PROTECTION_KEY | code), address);
  }

  @Test
  void aKeyForbidsAsSoonAsItIsWrittenAndTheVmmIsNotTold() {
    Seen seen = Seen.of(WORLD, new Load(CPU, 0), NO_ACCESS, new Load(CPU, 0));
    assertEquals(List.of(Seen.tag(FRAME << 12), COMPLETED, fault(0, 0)), seen.observations());
    assertEquals(2, seen.events().size());
    Event.PageFault fault = (Event.PageFault) seen.events().getLast();
    assertEquals(FaultCode.PRESENT | FaultCode.PROTECTION_KEY, fault.activeCode().bits());
    assertEquals(NO_ACCESS.value(), fault.access().pkru());
  }

  /** The entry is there already, so that nothing has to be asked. */
  @Test
  void whatTheKeyForbadeIsAllowedAgainWithoutAnEvent() {
    Seen seen = Seen.of(WORLD, NO_WRITE, new Load(CPU, 0), ALL, new Load(CPU, 0));
    assertEquals(Seen.tag(FRAME << 12), seen.last());
    assertEquals(1, seen.events().size());
  }

  @Test
  void aKeyMayForbidWritesOnly() {
    assertEquals(
        List.of(COMPLETED, Seen.tag(FRAME << 12), fault(FaultCode.WRITE, 0)),
        Seen.by(WORLD, NO_WRITE, new Load(CPU, 0), new Store(CPU, 0, 1)));
  }

  @Test
  void noKeyForbidsFetches() {
    assertEquals(Seen.tag(FRAME << 12), Seen.of(WORLD, NO_ACCESS, new Fetch(CPU, 0)).last());
  }

  @Test
  void anotherKeyForbidsNothingHere() {
    assertEquals(Seen.tag(FRAME << 12), Seen.of(WORLD, NO_ACCESS, new Load(CPU, 0x1000)).last());
  }

  @Test
  void noKeyForbidsSupervisorPages() {
    assertEquals(Seen.tag(FRAME << 12), Seen.of(WORLD, NO_ACCESS, new Load(CPU, 0x2000)).last());
  }
}
