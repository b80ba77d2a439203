package io.vtlb.conformance.fault;

import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Believes in another control state than the guest's, and claims no comparison with the guest's
 * structure while it does: the mistake is what it makes reachable, not what it says.
 */
final class ControlDeviation implements Deviation {

  private final UnaryOperator<ControlState> believed;
  private final Map<Vcpu, Boolean> misled = new HashMap<>();
  private Profile profile = Profile.GENERIC_32;

  /**
   * @param believed makes the believed state from the real one
   */
  ControlDeviation(UnaryOperator<ControlState> believed) {
    this.believed = believed;
  }

  @Override
  public VmBlueprint blueprint(VmBlueprint real) {
    profile = real.profile();
    for (int index = 0; index < real.vcpus().size(); index++) {
      see(new Vcpu(real.vm(), index), real.vcpus().get(index).control());
    }
    return new VmBlueprint(
        real.vm(),
        real.vcpus().stream()
            .map(state ->
                new VcpuState(
                    believed.apply(state.control()),
                    state.cpl(),
                    state.alignmentCheck(),
                    state.pkru()))
            .toList(),
        real.hostMap(),
        real.profile());
  }

  private void see(Vcpu vcpu, ControlState real) {
    misled.put(vcpu, !believed.apply(real).equals(real));
  }

  @Override
  public Response handle(Event event, VirtualTlb right) {
    boolean before = isMisled(event);
    Response response = rightlyClassified(event, right.handle(asBelieved(event)));
    return before || isMisled(event) ? claimingNothing(response) : response;
  }

  private boolean isMisled(Event event) {
    return misled.getOrDefault(event.vcpu(), false);
  }

  private Event asBelieved(Event event) {
    if (!(event instanceof Event.ControlWrite write)) {
      return event;
    }
    see(write.vcpu(), write.after());
    return new Event.ControlWrite(
        write.vcpu(),
        write.register(),
        write.value(),
        believed.apply(write.before()),
        believed.apply(write.after()));
  }

  /** What the guest wrote is seen as it is; only what it means for its structure is not. */
  private Response rightlyClassified(Event event, Response response) {
    return event instanceof Event.ControlWrite write
        ? Events.reporting(
            response,
            Invalidation.ofControlWrite(write, profile).isPresent()
                ? EventCause.TLB_MANIPULATION
                : EventCause.CONTROL_CHANGE)
        : response;
  }

  private static Response claimingNothing(Response response) {
    return response
        .report()
        .filter(report -> report.resync() != ResyncKind.NONE)
        .map(report -> response.reporting(report.cause(), ResyncKind.FLUSH))
        .orElse(response);
  }
}
