package io.vtlb.conformance.recording;

import io.vtlb.conformance.recording.BitUpdate.Bit;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.GuestMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference model's walk and permission, and the bits that an access sets.
 *
 * <p>Source: Intel SDM vol. 3, 4.6 to 4.8. Of a walk that faults nothing is set: a processor may
 * set A in its upper entries, but need not. Entries in registers have no A bit.
 */
final class ArchitecturalModel implements AccessModel {

  private final PagingMode mode;
  private final Walker walker;

  ArchitecturalModel(PagingMode mode, Profile profile) {
    this.mode = mode;
    this.walker = new Walker(profile);
  }

  @Override
  public PagingMode mode() {
    return mode;
  }

  @Override
  public Prediction predict(Access access, ControlState control, GuestMemory memory) {
    GuestWalk walk =
        walker.walk(
            memory, RegistersOfWalk.in(control, mode, access.page(), memory), access.page());
    return switch (walk.end()) {
      case GuestWalk.End.NotPresent() -> faults(walk, Permission.notPresent(access, control));
      case GuestWalk.End.Reserved() -> faults(walk, Permission.reserved(access, control));
      case GuestWalk.End.Reached(Translation translation) ->
          Permission.permits(translation, access, control)
              ? new Prediction.Completes(walk, updates(walk, access))
              : faults(walk, Permission.denied(translation, access, control));
    };
  }

  private static Prediction faults(GuestWalk walk, FaultCode code) {
    return new Prediction.Faults(walk, code);
  }

  private static List<BitUpdate> updates(GuestWalk walk, Access access) {
    List<BitUpdate> updates = new ArrayList<>();
    for (GuestWalk.Step step : walk.steps()) {
      if (step.level().inMemory() && (step.entry() & EntryBits.ACCESSED) == 0) {
        updates.add(new BitUpdate(Bit.A, step.address()));
      }
    }
    if (access.isStore() && (walk.last().entry() & EntryBits.DIRTY) == 0) {
      updates.add(new BitUpdate(Bit.D, walk.last().address()));
    }
    return updates;
  }
}
