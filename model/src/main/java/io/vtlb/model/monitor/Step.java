package io.vtlb.model.monitor;

import io.vtlb.model.admissible.Ways;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.HostMap;
import java.util.List;
import java.util.Optional;

/**
 * One event and its answer, with all that the judges look at.
 *
 * @param machine the machine of the event
 * @param vcpu the virtual CPU of the event, its admissible set as it is after the event
 * @param event the event
 * @param response the answer
 * @param ways for a page fault, the ways of its access before the event was handled
 * @param before the active content before the event
 * @param after the active content after it
 * @param dropped what the processor forgot at the target's request
 * @param hostMaps what the host had behind memory at any moment of the event; one map unless it was
 *     interrupted
 * @param interrupted true if memory, or what the host has behind it, changed inside the event
 */
record Step(
    MonitoredMachine machine,
    MonitoredVcpu vcpu,
    Event event,
    Response response,
    Optional<Ways> ways,
    ActiveContent before,
    ActiveContent after,
    List<ProcessorHoldings.Held> dropped,
    List<HostMap> hostMaps,
    boolean interrupted,
    Walker walker) {

  /** A moment between two events, with nothing to judge but what can be reached. */
  static Step between(MonitoredMachine machine, MonitoredVcpu vcpu, Walker walker) {
    return between(machine, vcpu, vcpu.content(), walker);
  }

  /** Like {@link #between(MonitoredMachine, MonitoredVcpu, Walker)}, with other content by now. */
  static Step between(
      MonitoredMachine machine, MonitoredVcpu vcpu, ActiveContent now, Walker walker) {
    Event nothing = new Event.PrivilegeChange(vcpu.name(), 0, 0);
    Response resumed = Response.of(new Response.Action.Resume());
    return new Step(
        machine,
        vcpu,
        nothing,
        resumed,
        Optional.empty(),
        vcpu.content(),
        now,
        List.of(),
        List.of(),
        false,
        walker);
  }

  /**
   * True if the target shows the same structures after the event as before it: with another root
   * others may be shown, and with SMAP there is one more.
   */
  boolean keepsStructures() {
    return !(event instanceof Event.ControlWrite write)
        || (PagingMode.of(write.before()).equals(PagingMode.of(write.after()))
            && PartialWalk.root(mode(), write.before())
                .equals(PartialWalk.root(mode(), write.after()))
            && write.before().pdptes().equals(write.after().pdptes())
            && PrivilegeSet.SUPERVISOR_AC.exists(write.before())
                == PrivilegeSet.SUPERVISOR_AC.exists(write.after()));
  }

  /**
   * True if an access that its guest's own structure lets through to a guest frame may have been
   * for a device: nothing stood behind the frame, or the host forbade to store to it.
   */
  boolean mayBeDevice(long frame, Access access) {
    return hostMaps.stream().anyMatch(map -> isDevice(map, frame, access));
  }

  /** True if such an access may have been for memory. */
  boolean mayBeMemory(long frame, Access access) {
    return hostMaps.stream().anyMatch(map -> !isDevice(map, frame, access));
  }

  private static boolean isDevice(HostMap map, long frame, Access access) {
    return map.hostFrame(frame) == HostMap.NO_FRAME || (access.isStore() && map.readOnly(frame));
  }

  PagingMode mode() {
    return vcpu.admissible().mode();
  }

  ControlState control() {
    return vcpu.admissible().control();
  }
}
