package io.vtlb.conformance.report;

import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The world that a counterexample starts in: control state, memory that matters, host map. */
final class WorldText {

  private static final List<String> FLAGS =
      List.of("P", "W", "U", "PWT", "PCD", "A", "D", "PS", "G");

  private WorldText() {}

  static String of(World world) {
    StringBuilder text = new StringBuilder();
    text.append(
        "  %s paging, processor %s (MAXPHYADDR %d), it caches: %s%n"
            .formatted(
                world.mode(),
                world.profile().name(),
                world.profile().physicalAddressBits(),
                world.caching().policy().name().toLowerCase(Locale.ROOT)));
    for (int vm = 0; vm < world.machines().size(); vm++) {
      append(text, vm, world.machines().get(vm));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, int vm, Machine machine) {
    for (int index = 0; index < machine.vcpus().size(); index++) {
      VcpuState state = machine.vcpus().get(index);
      text.append(
          "  vm%d.cpu%d: CPL %d, %s%n"
              .formatted(vm, index, state.cpl(), OperationText.of(state.control())));
    }
    text.append(
        "  vm%d memory: %s%n"
            .formatted(
                vm,
                machine.hostMap().ranges().stream()
                    .map(WorldText::range)
                    .collect(Collectors.joining(", "))));
    for (Machine.Word word : machine.words()) {
      text.append(
          "    [0x%05x] = 0x%08x  %s%n"
              .formatted(word.physicalAddress(), word.value(), entry(word.value())));
    }
  }

  private static String range(HostRange range) {
    return "guest frames 0x%x-0x%x at host frame 0x%x"
        .formatted(range.guestFrame(), range.guestFrame() + range.frames() - 1, range.hostFrame());
  }

  /** A word read as an entry: its frame and the names of its set flags. */
  static String entry(int value) {
    StringBuilder text = new StringBuilder("frame 0x%x".formatted(value >>> 12));
    for (int bit = 0; bit < FLAGS.size(); bit++) {
      if ((value & (1 << bit)) != 0) {
        text.append(' ').append(FLAGS.get(bit));
      }
    }
    return text.toString();
  }
}
