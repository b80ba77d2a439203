package io.vtlb.conformance.fault;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import java.util.function.UnaryOperator;

/**
 * Believes in another control state than the guest's.
 *
 * @param believed makes the believed state from the real one
 */
record ControlDeviation(UnaryOperator<ControlState> believed) implements Deviation {

  @Override
  public VmBlueprint blueprint(VmBlueprint real) {
    return new VmBlueprint(
        real.vm(),
        real.vcpus().stream()
            .map(state -> new VcpuState(believed.apply(state.control()), state.cpl()))
            .toList(),
        real.hostMap(),
        real.profile());
  }

  @Override
  public Response handle(Event event, VirtualTlb right) {
    if (!(event instanceof Event.ControlWrite write)) {
      return right.handle(event);
    }
    ControlState before = believed.apply(write.before());
    ControlState after = believed.apply(write.after());
    Response response =
        right.handle(new Event.ControlWrite(write.vcpu(), write.register(), before, after));
    return before.equals(after) && !write.before().equals(write.after())
        ? noticingNothing(response)
        : response;
  }

  /** A change that is not seen is no reason for a resync. */
  private static Response noticingNothing(Response response) {
    return response
        .report()
        .map(report -> response.reporting(report.cause(), ResyncKind.NONE))
        .orElse(response);
  }
}
