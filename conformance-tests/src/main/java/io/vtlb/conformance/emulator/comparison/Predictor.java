package io.vtlb.conformance.emulator.comparison;

import io.vtlb.conformance.emulator.Probe;
import io.vtlb.model.admissible.Way;
import io.vtlb.model.control.PdpteLoad;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.memory.GuestPhysicalMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Predicts what becomes of a situation: by the model, or by the model with some of the emulator's
 * known deviations.
 */
public final class Predictor {

  private static final int PSE36_BITS = 40;

  private final AccessModel model;

  public Predictor(AccessModel model) {
    this.model = model;
  }

  /** What the model admits. */
  public Prediction of(Situation situation) {
    return of(situation, Set.of());
  }

  /** What the emulator is expected to do if it deviates in these ways, and only in these. */
  Prediction of(Situation situation, Set<KnownDeviation> deviations) {
    Probe probe = situation.probe();
    GuestPhysicalMemory memory = ModelMemory.of(probe.words());
    Profile profile = profile(situation, deviations);
    PrivilegeSet set = set(situation, deviations);
    Effects effects = new Effects(probe, profile, deviations);
    Optional<ControlState> control = control(probe, profile, memory, deviations);
    if (control.isEmpty()) {
      return effects.prediction(List.of(new Outcome.Unreachable()));
    }
    List<Outcome> faults = new ArrayList<>();
    boolean completes = true;
    for (Access part : situation.parts(set)) {
      if (!probe.mode().isCanonical(part.address())) {
        faults.add(new Outcome.GeneralProtection());
        completes = false;
        continue;
      }
      AccessModel.Answer answer = model.of(part, control.get(), profile, memory);
      effects.add(part, answer);
      completes &= !answer.ways().allDeny();
      for (Way way : answer.ways().ways()) {
        if (way instanceof Way.Faults fault) {
          faults.add(new Outcome.Faults(code(fault.code(), deviations), part.address()));
        }
      }
    }
    Stream<Outcome> completion =
        completes ? Stream.of(new Outcome.Completes(effects.value())) : Stream.of();
    return effects.prediction(Stream.concat(completion, faults.stream()).distinct().toList());
  }

  private static Profile profile(Situation situation, Set<KnownDeviation> deviations) {
    return deviations.contains(KnownDeviation.PSE36_OF_40_BITS)
        ? EmulatedProfile.reaching(PSE36_BITS)
        : situation.profile();
  }

  private static PrivilegeSet set(Situation situation, Set<KnownDeviation> deviations) {
    return deviations.contains(KnownDeviation.IMPLICIT_WITH_AC)
        ? PrivilegeSet.SUPERVISOR_AC
        : situation.set();
  }

  private static FaultCode code(FaultCode code, Set<KnownDeviation> deviations) {
    return code.reserved() && deviations.contains(KnownDeviation.RESERVED_WITHOUT_PRESENT)
        ? new FaultCode(code.bits() & ~FaultCode.PRESENT)
        : code;
  }

  /** The control state with its PDPTE registers loaded from memory, if it can be reached. */
  private static Optional<ControlState> control(
      Probe probe, Profile profile, GuestPhysicalMemory memory, Set<KnownDeviation> deviations) {
    ControlState control = probe.control();
    if (!control.paePaging()) {
      return Optional.of(control);
    }
    return deviations.contains(KnownDeviation.PDPTES_UNCHECKED)
        ? Optional.of(control.with(UncheckedPdptes.of(control, memory)))
        : PdpteLoad.of(control, profile, memory).map(control::with);
  }
}
