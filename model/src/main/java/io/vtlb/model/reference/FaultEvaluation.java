package io.vtlb.model.reference;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;

/**
 * What evaluating a page-fault event finds: would the guest have had this fault alone (claims 3, 7
 * and 9)?
 *
 * <p>Source: Intel SDM vol. 3, 4.6 and 4.7.
 */
sealed interface FaultEvaluation {

  /** The guest's own structure denies the access. */
  record GuestFault(FaultCode code) implements FaultEvaluation {}

  /** The guest's own structure permits the access. */
  record Permitted(GuestWalk walk, Translation translation) implements FaultEvaluation {}

  static FaultEvaluation of(VirtualMachine machine, ControlState control, Access access) {
    GuestWalk walk = machine.walker().walk(machine.memory(), control, access.page());
    return switch (walk.end()) {
      case GuestWalk.End.NotPresent() -> new GuestFault(Permission.notPresent(access, control));
      case GuestWalk.End.Reserved() -> new GuestFault(Permission.reserved(access, control));
      case GuestWalk.End.Reached(Translation translation) ->
          Permission.permits(translation, access, control)
              ? new Permitted(walk, translation)
              : new GuestFault(Permission.denied(translation, access, control));
    };
  }
}
