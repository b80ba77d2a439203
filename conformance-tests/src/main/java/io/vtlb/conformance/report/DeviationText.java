package io.vtlb.conformance.report;

import io.vtlb.conformance.emulator.Probe;
import io.vtlb.conformance.emulator.ProbeResult;
import io.vtlb.conformance.emulator.Word;
import io.vtlb.conformance.emulator.comparison.Deviation;
import io.vtlb.conformance.emulator.comparison.Outcome;
import io.vtlb.conformance.emulator.comparison.Prediction;
import io.vtlb.conformance.emulator.comparison.Situation;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.paging.GuestWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A deviation of the emulator from the model, in full. */
final class DeviationText {

  private DeviationText() {}

  static String of(Deviation deviation) {
    StringBuilder text = new StringBuilder();
    text.append("deviation: %s, probe %d\n".formatted(deviation.mode().name(), deviation.number()));
    text.append("  state:    ").append(state(deviation.situation())).append('\n');
    text.append("  access:   ").append(access(deviation.situation())).append('\n');
    for (GuestWalk walk : deviation.admitted().walks()) {
      text.append("  entries:  ").append(entries(walk)).append('\n');
    }
    text.append("  model:    ").append(admitted(deviation.admitted())).append('\n');
    text.append("  emulator: ").append(seen(deviation.result())).append('\n');
    memory(deviation).forEach(line -> text.append("  memory:   ").append(line).append('\n'));
    return text.toString();
  }

  static String state(Situation situation) {
    ControlState control = situation.probe().control();
    return "CR0 0x%x, CR3 0x%x, CR4 0x%x, EFER 0x%x, MAXPHYADDR %d"
        .formatted(
            control.cr0(),
            control.cr3(),
            control.cr4(),
            control.efer(),
            situation.profile().physicalAddressBits());
  }

  static String access(Situation situation) {
    Probe probe = situation.probe();
    return "%s at 0x%x, CPL %d, AC=%d, PKRU 0x%x"
        .formatted(
            probe.instruction().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            probe.address(),
            probe.cpl(),
            probe.alignmentCheck() ? 1 : 0,
            probe.pkru());
  }

  private static String entries(GuestWalk walk) {
    return walk.steps().stream()
        .map(step ->
            step.level().inMemory()
                ? "%s [0x%x] 0x%x".formatted(step.level().name(), step.address(), step.entry())
                : "%s 0x%x".formatted(step.level().name(), step.entry()))
        .collect(Collectors.joining(", "));
  }

  static String admitted(Prediction admitted) {
    return admitted.outcomes().stream().map(Outcome::toString).collect(Collectors.joining(" or "));
  }

  static String seen(ProbeResult result) {
    return switch (result) {
      case ProbeResult.Completed completed -> "completes with 0x%x".formatted(completed.value());
      case ProbeResult.PageFault fault ->
          "#PF %s, CR2 0x%x".formatted(new FaultCode(fault.errorCode()), fault.address());
      case ProbeResult.OtherException other ->
          "exception %d (0x%x)".formatted(other.vector(), other.errorCode());
      case ProbeResult.Refused refused -> "refuses the state";
      case ProbeResult.Strayed strayed ->
          "went astray: exit code 0x%x at 0x%x"
              .formatted(strayed.exitCode(), strayed.instruction());
    };
  }

  /** Every word before the access, and after it where it changed. */
  static List<String> memory(Deviation deviation) {
    List<String> lines = new ArrayList<>();
    for (Word after : deviation.result().memory()) {
      long before = deviation.admitted().before().read(after.physical(), Long.BYTES);
      long completed = deviation.admitted().completed().read(after.physical(), Long.BYTES);
      String line = new Word(after.physical(), before).toString();
      line += completed == before ? "" : ", model if it completes 0x%x".formatted(completed);
      line += after.value() == before ? "" : ", emulator 0x%x".formatted(after.value());
      lines.add(line);
    }
    return lines;
  }
}
