package io.vtlb.conformance.generate;

import io.vtlb.model.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A machine that used some pages is destroyed, others are given its frames, and it is created again
 * with fresh memory, in which nothing of its former life may be left.
 */
final class CreatedAgain {

  private final Guest guest;

  CreatedAgain(Guest guest) {
    this.guest = guest;
  }

  List<Step> steps() {
    List<Operation> used = new ArrayList<>();
    CpuOutlook cpu = guest.cpu;
    Optional<Route> found = Route.inFocus(guest, cpu, used);
    long linear = found.map(Route::linear).orElse(0L);
    if (found.isPresent()) {
      found.get().openLeaf(guest, cpu, used);
    }
    used.add(guest.touch(cpu, linear));
    List<Step> steps = new ArrayList<>(6);
    steps.add(() -> used);
    steps.add(() -> List.of(guest.host.destroy(guest.vm)));
    if (guest.chance(70)) {
      steps.add(this::framesGivenAway);
    }
    steps.add(this::created);
    steps.add(() -> List.of(guest.touch(guest.cpu, linear)));
    steps.add(() -> List.of(guest.accesses.access(guest.cpu)));
    return steps;
  }

  /** Some other machine, if there is one, moves to what has become free. */
  private List<Operation> framesGivenAway() {
    List<Operation> operations = new ArrayList<>(2);
    for (int vm = 0; vm < guest.host.machines(); vm++) {
      long frame = guest.pick(Terrain.DATA);
      if (guest.host.isThere(vm) && guest.host.map(vm).backs(frame, 1)) {
        operations.add(guest.host.move(vm, frame, 1));
      }
    }
    return operations;
  }

  private List<Operation> created() {
    List<Operation> operations = guest.host.create(guest.vm);
    guest.start();
    return operations;
  }
}
