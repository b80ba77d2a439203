package io.vtlb.specs.agreement;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.HostMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What an event, or the host, makes of a slot is the same by the definitions and by the reference
 * VMM, over histories in which both go from slot to slot in step.
 */
class TransitionAgreementTest {

  private static final int POINTS = 100_000;
  private static final int HISTORIES = 560;
  private static final int STEPS = 200;
  private static final long SEED = 28;

  @Test
  void theyAgreeInStep() {
    Met met = compare(0, HISTORIES);
    met.require(POINTS, "fault", "INVLPG", "INVPCID", "control write", "host");
    met.require(POINTS / 5, "privilege");
    met.require(
        POINTS / 10,
        "made by fault",
        "kept by fault",
        "kept by INVLPG",
        "kept by INVPCID",
        "kept by control write",
        "kept by host");
    met.require(POINTS / 40, "gone by fault", "gone by INVLPG", "gone by control write");
    met.require(POINTS / 100, "gone by INVPCID", "gone by host", "modified by control write");
    met.require(POINTS / 100, "modified by fault", "modified by host");
    met.require(POINTS / 400, "modified by INVPCID");
    met.require(POINTS / 10, "obliged", "not obliged");
    met.require(
        POINTS / 50,
        "guest-page-fault",
        "inconsistency",
        "spurious",
        "to-a-device",
        "tlb-manipulation",
        "control-change");
    met.require(POINTS / 200, "privilege-set-change", "privilege-change-within-set");
  }

  /** Plays histories, from one number to another. */
  static Met compare(int from, int to) {
    Met met = new Met();
    for (int history = from; history < to; history++) {
      States states = new States(SEED * 1_000_003 + history);
      Lockstep lockstep = new Lockstep(states, met);
      for (int step = 0; step < STEPS; step++) {
        String where = "seed %d, history %d, step %d".formatted(SEED, history, step);
        try {
          step(lockstep, states);
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError(where + ": " + e.getMessage(), e);
        }
      }
    }
    return met;
  }

  private static void step(Lockstep lockstep, States states) {
    int number = states.chance(7, 8) ? 0 : 1;
    SmallMachine machine = lockstep.machine(number);
    for (int edits = states.below(4) - 2; edits > 0; edits--) {
      machine.edit();
    }
    switch (states.below(16)) {
      case 0, 1 -> lockstep.follow(hostOperation(machine, lockstep.logs(number), states));
      case 2, 3, 4, 5 -> lockstep.handle(event(machine, states));
      default ->
          lockstep.handle(
              new Event.PageFault(
                  machine.vcpu(), machine.access(), new FaultCode(states.below(32)), 0));
    }
  }

  private static Event event(SmallMachine machine, States states) {
    return switch (states.below(16)) {
      case 0, 1, 2, 3 ->
          new Event.InvalidatePage(machine.vcpu(), address(states.one(SmallMachine.PAGES)));
      case 4, 5, 6, 7, 8 ->
          new Event.InvalidatePcid(
              machine.vcpu(),
              states.one(List.of(InvalidationType.values())),
              states.chance(2, 3) ? machine.control().pcid() : states.below(3),
              address(states.one(SmallMachine.PAGES)));
      case 9 -> new Event.PrivilegeChange(machine.vcpu(), states.below(4), states.below(4));
      default -> write(machine, states);
    };
  }

  private static long address(long page) {
    return PageSize.address(page, 0x24);
  }

  private static Event write(SmallMachine machine, States states) {
    ControlRegister register = states.one(List.of(ControlRegister.values()));
    ControlState after = machine.writing(register);
    boolean keeps = register == ControlRegister.CR3 && states.chance(1, 2);
    return new Event.ControlWrite(
        machine.vcpu(),
        register,
        after.get(register) | (keeps ? ControlState.CR3_NO_FLUSH : 0),
        machine.control(),
        after);
  }

  private static HostOperation hostOperation(SmallMachine machine, boolean logs, States states) {
    int vm = machine.vcpu().vm();
    HostMap map = machine.memory().hostMap();
    long first = states.below(SmallMachine.FRAMES);
    long count = 1L + states.below(3);
    return switch (states.below(6)) {
      case 0 -> new HostOperation.UnmapFrames(vm, first, count);
      case 1 -> new HostOperation.MoveFrames(vm, first, states.below(1 << 20) + 0x10000L, count);
      case 2 -> new HostOperation.ProtectFrames(vm, first, count, states.chance(1, 2));
      case 3 -> new HostOperation.StartDirtyLog(vm);
      case 4 -> logs ? new HostOperation.HarvestDirtyLog(vm) : new HostOperation.StartDirtyLog(vm);
      default ->
          map.behind(first, count).isEmpty()
              ? new HostOperation.MapFrames(vm, first, states.below(1 << 20) + 0x10000L, count)
              : new HostOperation.ProtectFrames(vm, first, count, false);
    };
  }
}
