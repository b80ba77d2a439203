package io.vtlb.conformance.trace;

import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;

/**
 * What later lines of a trace may name: the virtual CPUs of its world, and the memory of each
 * machine.
 */
final class WorldScope {

  private final World world;
  private final List<FrameRuns> memories = new ArrayList<>();

  WorldScope(World world) {
    this.world = world;
    for (Machine machine : world.machines()) {
      FrameRuns memory = new FrameRuns();
      for (HostRange range : machine.hostMap().ranges()) {
        memory.add(range.guestFrame(), range.frames(), "");
      }
      memories.add(memory);
    }
  }

  /** The virtual CPU that the fields {@code vm} and {@code vcpu} name. */
  Vcpu vcpu(Fields fields) throws BadTrace {
    int machines = world.machines().size();
    long vm = fields.number("vm");
    if (vm < 0 || vm >= machines) {
      throw fields.bad("vm", "there is no machine " + vm + "; the world has " + machines);
    }
    int vcpus = world.machines().get((int) vm).vcpus().size();
    long vcpu = fields.number("vcpu");
    if (vcpu < 0 || vcpu >= vcpus) {
      throw fields.bad(
          "vcpu", "there is no virtual CPU " + vcpu + "; machine " + vm + " has " + vcpus);
    }
    return new Vcpu((int) vm, (int) vcpu);
  }

  /** The guest frames of a machine that have memory behind them. */
  FrameRuns memory(int vm) {
    return memories.get(vm);
  }
}
