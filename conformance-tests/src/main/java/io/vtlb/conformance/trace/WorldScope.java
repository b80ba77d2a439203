package io.vtlb.conformance.trace;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.trace.World;

/**
 * What later lines of a trace may name: the machines and virtual CPUs of its world, and what its
 * processor can address.
 */
final class WorldScope {

  private final World world;

  WorldScope(World world) {
    this.world = world;
  }

  /** The machine that the field {@code vm} names. */
  int vm(Fields fields) throws BadTrace {
    int machines = world.machines().size();
    long vm = fields.number("vm");
    if (vm < 0 || vm >= machines) {
      throw fields.bad("vm", "there is no machine " + vm + "; the world has " + machines);
    }
    return (int) vm;
  }

  /** The virtual CPU that the fields {@code vm} and {@code vcpu} name. */
  Vcpu vcpu(Fields fields) throws BadTrace {
    int vm = vm(fields);
    int vcpus = world.machines().get(vm).vcpus().size();
    long vcpu = fields.number("vcpu");
    if (vcpu < 0 || vcpu >= vcpus) {
      throw fields.bad(
          "vcpu", "there is no virtual CPU " + vcpu + "; machine " + vm + " has " + vcpus);
    }
    return new Vcpu(vm, (int) vcpu);
  }

  /** A guest-physical address, naturally aligned; what memory is there comes and goes. */
  long physical(Fields fields, String name, int bytes) throws BadTrace {
    long address = fields.aligned(name, bytes);
    int bits = world.profile().physicalAddressBits();
    if (address >>> bits != 0) {
      throw fields.bad(name, Hex.of(address) + " is beyond " + bits + "-bit physical addresses");
    }
    return address;
  }

  /** The first of some guest frames, which the processor can address. */
  long guestFrame(Fields fields, int frames) throws BadTrace {
    int bits = world.profile().physicalAddressBits() - PageSize.BASE_SHIFT;
    return FrameFormat.first(fields, "guestFrame", frames, bits);
  }
}
