package io.vtlb.model.target;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import java.util.Collection;

/**
 * A VMM's virtual TLB: it answers events and shows its active structure (levels 2 and 3).
 *
 * <p>The kit plays the guest and the processor: it walks {@link #activeEntries}, and calls {@link
 * #handle} when they do not let an access complete.
 */
public non-sealed interface VirtualTlb extends Target {

  /** Answers one event; the guest stands still meanwhile. */
  Response handle(Event event);

  /**
   * The valid entries that the processor could use if this virtual CPU ran in this privilege set
   * now, under its current root and control state, in any order. No two of them cover the same
   * page.
   *
   * <p>If the target declares {@link Feature#INTERLEAVING}, this may be asked inside {@link
   * #handle}, while that reads guest memory: other virtual CPUs run meanwhile.
   */
  Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set);

  /**
   * Follows what the host does to a machine; only asked of a target that declares {@link
   * Feature#HOST_OPERATIONS}. Guest memory shows already what it shows afterwards.
   *
   * <p>Creating a machine again is {@link #create}. If the target declares {@link
   * Feature#INTERLEAVING}, the call may come inside {@link #handle}, while that reads guest memory.
   *
   * @return what processors must forget, at once, and the frames of a harvested log
   */
  default HostResponse follow(HostOperation operation) {
    throw new UnsupportedOperationException(
        describe().name() + " declares " + Feature.HOST_OPERATIONS + " but does not follow any");
  }
}
