package io.vtlb.conformance.sweep;

import io.vtlb.conformance.sweep.manual.Formulation;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.GuestMemory;

/**
 * What is swept: a walk, and the judgement of an access by where the walk ended.
 *
 * <p>A walk is given no access, so one walk stands for every access under its control state.
 */
public interface Subject {

  /** The walk for one linear page, from the root that CR3 names. */
  GuestWalk walk(GuestMemory memory, ControlState control, long page);

  /** The walk that goes on from a partial one. */
  GuestWalk walkFrom(PartialWalk start, GuestMemory memory, ControlState control, long page);

  /** What becomes of an access: {@link Formulation#COMPLETES}, or the bits of the error code. */
  int outcome(GuestWalk.End end, Access access, ControlState control);

  /** The model's walker and its permission. */
  static Subject model(Profile profile) {
    return new Model(new Walker(profile));
  }

  /** How subjects are made, one for each processor that is swept. */
  interface Source {
    Subject of(Profile profile);
  }

  /** The model. */
  record Model(Walker walker) implements Subject {

    @Override
    public GuestWalk walk(GuestMemory memory, ControlState control, long page) {
      return walker.walk(memory, control, page);
    }

    @Override
    public GuestWalk walkFrom(
        PartialWalk start, GuestMemory memory, ControlState control, long page) {
      return walker.walkFrom(start, memory, control, page);
    }

    @Override
    public int outcome(GuestWalk.End end, Access access, ControlState control) {
      return switch (end) {
        case GuestWalk.End.NotPresent() -> Permission.notPresent(access, control).bits();
        case GuestWalk.End.Reserved() -> Permission.reserved(access, control).bits();
        case GuestWalk.End.Reached(Translation translation) ->
            Permission.permits(translation, access, control)
                ? Formulation.COMPLETES
                : Permission.denied(translation, access, control).bits();
      };
    }
  }
}
