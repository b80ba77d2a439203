package io.vtlb.conformance.trace;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Machine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One element of the field {@code machines}: virtual CPUs, host map, and words of memory. */
final class MachineFormat {

  private static final int MAX_VCPUS = 8;

  private MachineFormat() {}

  static void put(ArrayNode machines, Machine machine) {
    ObjectNode json = machines.addObject();
    ArrayNode vcpus = json.putArray("vcpus");
    for (VcpuState state : machine.vcpus()) {
      VcpuStateFormat.put(vcpus.addObject(), state);
    }
    HostMapFormat.put(json, machine.hostMap());
    putWords(json, machine.words());
  }

  /** Puts the field {@code words}. */
  static void putWords(ObjectNode json, Collection<Machine.Word> list) {
    ArrayNode words = json.putArray("words");
    for (Machine.Word word : list) {
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
    List<VcpuState> vcpus = vcpus(fields, profile);
    FrameRuns memory = new FrameRuns();
    HostMap map = HostMapFormat.read(fields, profile, memory, host);
    return new Machine(vcpus, map, words(fields, memory));
  }

  private static List<VcpuState> vcpus(Fields machine, Profile profile) throws BadTrace {
    List<Fields> elements = machine.objects("vcpus");
    if (elements.isEmpty() || elements.size() > MAX_VCPUS) {
      throw machine.bad("vcpus", "a machine has 1 to 8 virtual CPUs, not " + elements.size());
    }
    List<VcpuState> vcpus = new ArrayList<>();
    for (Fields fields : elements) {
      vcpus.add(VcpuStateFormat.read(fields, profile));
    }
    return vcpus;
  }

  private static List<Machine.Word> words(Fields machine, FrameRuns memory) throws BadTrace {
    List<Machine.Word> words = new ArrayList<>();
    long previous = -1;
    for (Fields fields : machine.objects("words")) {
      fields.only("a word", "address", "value");
      long address = physical(fields, memory);
      if (address <= previous) {
        throw fields.bad(
            "address", "%s does not ascend from %s".formatted(Hex.of(address), Hex.of(previous)));
      }
      previous = address;
      words.add(new Machine.Word(address, (int) fields.word("value")));
    }
    return words;
  }

  /** The guest-physical address of a word of this memory. */
  private static long physical(Fields fields, FrameRuns memory) throws BadTrace {
    long address = fields.aligned("address", WidthFormat.USUAL);
    if (!memory.hold(address >>> PageSize.BASE_SHIFT)) {
      throw fields.bad(
          "address", Hex.of(address) + " is not in memory of the machine (its hostMap)");
    }
    return address;
  }
}
