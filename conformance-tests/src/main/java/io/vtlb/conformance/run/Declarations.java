package io.vtlb.conformance.run;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Says what of its declarations a target is held to when it is asked something, in words.
 *
 * @param modes the mode that a virtual CPU runs in now
 */
record Declarations(Function<Vcpu, PagingMode> modes) {

  /** What the creation of a machine rests on. */
  static List<String> of(VmBlueprint blueprint) {
    Set<String> words = new LinkedHashSet<>();
    if (blueprint.vcpus().size() > 1) {
      words.add(Feature.SEVERAL_VCPUS.word());
    }
    blueprint.vcpus().stream().map(VcpuState::control).forEach(state -> add(state, words));
    return List.copyOf(words);
  }

  private static void add(ControlState control, Set<String> words) {
    if (control.processContexts()) {
      words.add(Feature.PCID.word());
    }
    words.add(word(PagingMode.of(control)));
  }

  /** What an event rests on. */
  List<String> of(Event event) {
    return switch (event) {
      case Event.InvalidatePcid invalidate -> List.of(Feature.PCID.word());
      case Event.PrivilegeChange change ->
          List.of(Feature.INTERCEPTS_PRIVILEGE_CHANGES.word(), mode(change.vcpu()));
      case Event.ControlWrite write -> {
        Set<String> words = new LinkedHashSet<>();
        add(write.after(), words);
        yield List.copyOf(words);
      }
      case Event.PageFault fault -> List.of(mode(fault.vcpu()));
      case Event.InvalidatePage invalidate -> List.of(mode(invalidate.vcpu()));
    };
  }

  /** What an operation of a whole machine rests on. */
  List<String> of(GuestOperation operation) {
    return switch (operation) {
      case GuestOperation.InvalidatePcid invalidate -> List.of(Feature.PCID.word());
      case GuestOperation.ForeignStore store -> List.of(Feature.FOREIGN_STORES.word());
      case GuestOperation other -> List.of(mode(other.vcpu()));
    };
  }

  /** What following a host rests on. */
  static List<String> ofHost() {
    return List.of(Feature.HOST_OPERATIONS.word());
  }

  /** What showing the active structure rests on. */
  static List<String> ofEntries() {
    return List.of("level " + ObservationLevel.ACTIVE_STRUCTURE.number() + " or more");
  }

  private String mode(Vcpu vcpu) {
    return word(modes.apply(vcpu));
  }

  private static String word(PagingMode mode) {
    return "mode " + mode.name();
  }
}
