package io.vtlb.conformance.trace;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Machine;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One element of the field {@code machines}: virtual CPUs, host map, and words of memory. */
final class MachineFormat {

  private MachineFormat() {}

  static void put(ArrayNode machines, Machine machine) {
    ObjectNode json = machines.addObject();
    ArrayNode vcpus = json.putArray("vcpus");
    for (VcpuState state : machine.vcpus()) {
      ObjectNode vcpu = vcpus.addObject();
      ControlFormat.put(vcpu, state.control());
      vcpu.put("cpl", state.cpl());
    }
    HostMapFormat.put(json, machine.hostMap());
    ArrayNode words = json.putArray("words");
    for (Machine.Word word : machine.words()) {
      ObjectNode pair = words.addObject();
      pair.put("address", Hex.of(word.physicalAddress()));
      pair.put("value", Hex.of(Integer.toUnsignedLong(word.value())));
    }
  }

  /**
   * Reads one machine.
   *
   * @param host holds the host frames of the machines before it, and takes those of this one
   */
  static Machine read(Fields fields, Profile profile, FrameRuns host) throws BadTrace {
    fields.only("a machine", "vcpus", "hostMap", "words");
    List<VcpuState> vcpus = vcpus(fields);
    FrameRuns memory = new FrameRuns();
    HostMap map = HostMapFormat.read(fields, profile, memory, host);
    return new Machine(vcpus, map, words(fields, memory));
  }

  private static List<VcpuState> vcpus(Fields machine) throws BadTrace {
    List<VcpuState> vcpus = new ArrayList<>();
    for (Fields fields : machine.objects("vcpus")) {
      fields.only("a virtual CPU", "cr0", "cr3", "cr4", "efer", "cpl");
      vcpus.add(new VcpuState(ControlFormat.read(fields), fields.number("cpl", 0, 3)));
    }
    if (vcpus.size() != 1) {
      throw machine.bad(
          "vcpus", "a machine has one virtual CPU in traces for now, not " + vcpus.size());
    }
    return vcpus;
  }

  private static List<Machine.Word> words(Fields machine, FrameRuns memory) throws BadTrace {
    List<Machine.Word> words = new ArrayList<>();
    long previous = -1;
    for (Fields fields : machine.objects("words")) {
      fields.only("a word", "address", "value");
      long address = physicalWord(fields, "address", memory);
      if (address <= previous) {
        throw fields.bad(
            "address", "%s does not ascend from %s".formatted(Hex.of(address), Hex.of(previous)));
      }
      previous = address;
      words.add(new Machine.Word(address, (int) fields.word("value")));
    }
    return words;
  }

  /** A guest-physical address that four bytes of this memory stand at. */
  static long physicalWord(Fields fields, String name, FrameRuns memory) throws BadTrace {
    long address = fields.aligned(name, fields.hex(name));
    if (!memory.hold(address >>> PageSize.BASE_SHIFT)) {
      throw fields.bad(name, Hex.of(address) + " is not in memory of the machine (its hostMap)");
    }
    return address;
  }
}
