package io.vtlb.conformance.design.lazy;

import io.vtlb.conformance.design.parts.HostMemory;
import io.vtlb.conformance.design.parts.LoggedMemory;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One virtual machine; its virtual CPUs share nothing but what they read (claim 11). */
final class Machine {

  private final GuestMemory tables;
  private final HostMemory host;
  private final Walker walker;
  private final Set<Slip> slips;
  private final List<VirtualCpu> vcpus = new ArrayList<>();
  private int ranLast;

  Machine(VmBlueprint blueprint, GuestMemory memory, Set<Slip> slips) {
    this.host = new HostMemory(blueprint.hostMap());
    GuestMemory logged =
        slips.contains(Slip.TABLE_UPDATES_NOT_LOGGED) ? memory : new LoggedMemory(memory, host);
    this.tables = slips.contains(Slip.HOST_STRIDE) ? new HostStride(logged) : logged;
    this.walker = new Walker(blueprint.profile());
    this.slips = slips;
    boolean oneTable = slips.contains(Slip.ONE_TABLE_FOR_ALL_SETS);
    for (VmBlueprint.VcpuState state : blueprint.vcpus()) {
      Vcpu name = new Vcpu(blueprint.vm(), vcpus.size());
      vcpus.add(new VirtualCpu(name, state.control(), oneTable));
    }
  }

  /** The guest's memory, for walks of its tables. */
  GuestMemory tables() {
    return tables;
  }

  HostMemory host() {
    return host;
  }

  Walker walker() {
    return walker;
  }

  VirtualCpu vcpu(Vcpu name) {
    return vcpus.get(name.index());
  }

  /** The virtual CPU that an event comes from. */
  VirtualCpu runs(Vcpu name) {
    ranLast = name.index();
    return vcpu(name);
  }

  /** Forgets everything on every virtual CPU, whether it runs or not, and in its processor. */
  List<ProcessorDrop> flush() {
    List<ProcessorDrop> drops = new ArrayList<>(vcpus.size());
    for (VirtualCpu vcpu : vcpus) {
      if (slips.contains(Slip.OTHER_CPUS_NOT_FLUSHED) && vcpu.name().index() != ranLast) {
        continue;
      }
      vcpu.forgetEverything();
      drops.add(new ProcessorDrop.Everything(vcpu.name()));
    }
    return slips.contains(Slip.PROCESSOR_NOT_FLUSHED) ? List.of() : drops;
  }
}
