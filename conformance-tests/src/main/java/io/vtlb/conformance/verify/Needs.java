package io.vtlb.conformance.verify;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a sequence asks of a target: without it the target is not asked to be right on the sequence.
 *
 * @param features the features that the target must declare
 * @param modes the paging modes that it must serve
 * @param noSpuriousFaults true if the processor has none, so that a target must not declare them
 */
public record Needs(Set<Feature> features, Set<Paging> modes, boolean noSpuriousFaults) {

  /** The needs of a sequence. */
  public static Needs of(Sequence sequence) {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    World world = sequence.world();
    if (world.machines().stream().anyMatch(machine -> machine.vcpus().size() > 1)) {
      features.add(Feature.SEVERAL_VCPUS);
    }
    boolean offersPcids = world.profile().has(Capability.PCID);
    if (offersPcids && startsWithPcids(world)) {
      features.add(Feature.PCID);
    }
    sequence.operations().forEach(operation -> add(operation, offersPcids, features));
    return new Needs(features, ModesEntered.of(sequence), !world.profile().spuriousFaults());
  }

  private static boolean startsWithPcids(World world) {
    return world.machines().stream()
        .flatMap(machine -> machine.vcpus().stream())
        .anyMatch(state -> state.control().processContexts());
  }

  private static void add(Operation operation, boolean offersPcids, Set<Feature> needed) {
    switch (operation) {
      case AtRead point -> {
        needed.add(Feature.INTERLEAVING);
        add(point.operation(), offersPcids, needed);
      }
      case HostOperation change -> needed.add(Feature.HOST_OPERATIONS);
      case GuestOperation.ForeignStore store -> needed.add(Feature.FOREIGN_STORES);
      case GuestOperation.InvalidatePcid invalidate -> needed.add(Feature.PCID);
      case GuestOperation.WriteControl write -> {
        if (offersPcids
            && write.register() == ControlRegister.CR4
            && (write.value() & ControlState.CR4_PCIDE) != 0) {
          needed.add(Feature.PCID);
        }
      }
      case GuestOperation other -> {}
    }
  }

  /**
   * What of it a target does not offer, in words; nothing if it can be asked. A whole machine has
   * neither a host nor reads that could be counted, so that part of a sequence does not happen.
   */
  public List<String> lacking(Description target) {
    Set<Feature> lacking = EnumSet.noneOf(Feature.class);
    lacking.addAll(features);
    lacking.removeAll(target.features());
    if (!target.level().shows(ObservationLevel.ACTIVE_STRUCTURE)) {
      lacking.remove(Feature.HOST_OPERATIONS);
      lacking.remove(Feature.INTERLEAVING);
    }
    List<String> words = new ArrayList<>();
    lacking.forEach(feature -> words.add(feature.word()));
    modes.stream()
        .filter(mode -> !target.serves(mode))
        .forEach(mode -> words.add("mode " + mode.word()));
    if (noSpuriousFaults && target.has(Feature.SPURIOUS_FAULTS)) {
      words.add("no " + Feature.SPURIOUS_FAULTS.word());
    }
    return words;
  }

  /** True if a target can be asked to be right on a sequence. */
  static boolean fit(Sequence sequence, Description target) {
    return of(sequence).lacking(target).isEmpty();
  }
}
