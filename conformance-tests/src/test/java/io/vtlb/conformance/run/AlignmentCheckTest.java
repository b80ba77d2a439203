package io.vtlb.conformance.run;

import static io.vtlb.conformance.run.LongWorld.CPU;
import static io.vtlb.conformance.run.LongWorld.FRAME;
import static io.vtlb.conformance.run.LongWorld.USER;
import static io.vtlb.conformance.run.LongWorld.entry;
import static io.vtlb.conformance.run.Seen.COMPLETED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangeAlignmentCheck;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Observation.PageFaulted;
import io.vtlb.model.trace.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With SMAP, EFLAGS.AC chooses between two privilege sets of supervisors, unseen by any VMM. */
class AlignmentCheckTest {

  private static final World SMAP = LongWorld.of(ControlState.CR4_SMAP, 1, entry(FRAME, USER));
  private static final World NO_SMAP = LongWorld.of(0, 1, entry(FRAME, USER));
  private static final ChangeAlignmentCheck SET = new ChangeAlignmentCheck(CPU, true);
  private static final ChangeAlignmentCheck CLEAR = new ChangeAlignmentCheck(CPU, false);
  private static final Load LOAD = new Load(CPU, 0);
  private static final Observation LOADED = Seen.tag(FRAME << 12);
  private static final Observation FAULTED = new PageFaulted(new FaultCode(FaultCode.PRESENT), 0);

  private static List<PrivilegeSet> setsThatFaulted(World world, GuestOperation... operations) {
    return Seen.of(world, operations).events().stream()
        .filter(Event.PageFault.class::isInstance)
        .map(event -> ((Event.PageFault) event).access().set())
        .toList();
  }

  @Test
  void supervisorsReachUserPagesWhileItIsSet() {
    assertEquals(
        List.of(FAULTED, COMPLETED, LOADED, COMPLETED, FAULTED),
        Seen.by(SMAP, LOAD, SET, LOAD, CLEAR, LOAD));
  }

  @Test
  void itSelectsTheThirdPrivilegeSet() {
    assertEquals(
        List.of(PrivilegeSet.SUPERVISOR, PrivilegeSet.SUPERVISOR_AC),
        setsThatFaulted(SMAP, LOAD, SET, LOAD));
  }

  @Test
  void theVmmIsNotTold() {
    assertEquals(List.of(), Seen.of(SMAP, SET, CLEAR, SET).events());
  }

  @Test
  void itSelectsNothingWithoutSmap() {
    assertEquals(List.of(PrivilegeSet.SUPERVISOR), setsThatFaulted(NO_SMAP, SET, LOAD));
  }

  @Test
  void usersAreOneSetWhateverItIs() {
    assertEquals(
        List.of(PrivilegeSet.USER),
        setsThatFaulted(SMAP, new ChangePrivilege(CPU, 3), SET, LOAD, CLEAR, LOAD));
  }
}
