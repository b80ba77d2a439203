package io.vtlb.conformance.report;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.Locale;
import java.util.stream.Collectors;

/** The world that a counterexample starts in: control state, memory that matters, host map. */
final class WorldText {

  private WorldText() {}

  static String of(World world) {
    StringBuilder text = new StringBuilder();
    text.append(
        "  %s, processor %s (%s), it caches: %s%n"
            .formatted(
                mode(world.mode()),
                world.profile().name(),
                of(world.profile()),
                world.caching().policy().name().toLowerCase(Locale.ROOT)));
    for (int vm = 0; vm < world.machines().size(); vm++) {
      append(text, vm, world.machines().get(vm), world.mode());
    }
    return text.toString();
  }

  private static String mode(String name) {
    return switch (name) {
      case "none" -> "no paging";
      case "mixed" -> "mixed paging modes";
      default -> name + " paging";
    };
  }

  private static String of(Profile profile) {
    String offered =
        profile.capabilities().stream().map(WorldText::of).collect(Collectors.joining(" "));
    return (profile.vendor() == Vendor.AMD ? "AMD, " : "")
        + "MAXPHYADDR "
        + profile.physicalAddressBits()
        + (offered.isEmpty() ? "" : "; " + offered);
  }

  private static String of(Capability capability) {
    return switch (capability) {
      case PSE36 -> "PSE-36";
      case NO_EXECUTE -> "NX";
      case PAGES_1G -> "1G-pages";
      case LONG_MODE -> "LM";
      case FIVE_LEVELS -> "LA57";
      case SMEP -> "SMEP";
      case SMAP -> "SMAP";
      case PCID -> "PCID";
      case INVPCID -> "INVPCID";
      case PROTECTION_KEYS -> "PKU";
    };
  }

  private static void append(StringBuilder text, int vm, Machine machine, String label) {
    for (int index = 0; index < machine.vcpus().size(); index++) {
      append(text, "vm%d.cpu%d".formatted(vm, index), machine.vcpus().get(index), label);
    }
    text.append(
        "  vm%d memory: %s%n"
            .formatted(
                vm,
                machine.hostMap().ranges().stream()
                    .map(WorldText::range)
                    .collect(Collectors.joining(", "))));
    text.append(MemoryText.of(vm, machine));
  }

  private static void append(StringBuilder text, String name, VcpuState state, String label) {
    String own = PagingMode.of(state.control()).name();
    text.append(
        "  %s: %sCPL %d, %s%s%s%n"
            .formatted(
                name,
                own.equals(label) ? "" : mode(own) + ", ",
                state.cpl(),
                state.alignmentCheck() ? "AC 1, " : "",
                state.pkru() == 0 ? "" : "PKRU " + ControlText.pkru(state.pkru()) + ", ",
                ControlText.of(state.control())));
    if (state.control().paePaging()) {
      append(text, state.control().pdptes());
    }
  }

  private static void append(StringBuilder text, PdpteRegisters registers) {
    for (int index = 0; index < PdpteRegisters.COUNT; index++) {
      long entry = registers.get(index);
      if (entry != 0) {
        text.append(
            "    PDPTE%d = 0x%016x  %s%n".formatted(index, entry, EntryText.eightBytes(entry)));
      }
    }
  }

  private static String range(HostRange range) {
    return "guest frames 0x%x-0x%x at host frame 0x%x%s"
        .formatted(
            range.guestFrame(),
            range.guestFrame() + range.frames() - 1,
            range.hostFrame(),
            range.readOnly() ? " (read-only)" : "");
  }
}
