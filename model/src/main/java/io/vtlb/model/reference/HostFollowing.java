package io.vtlb.model.reference;

import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.HostOperation.CreateMachine;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.operation.HostOperation.HarvestDirtyLog;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.ResizePages;
import io.vtlb.model.operation.HostOperation.StartDirtyLog;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

/**
 * Follows what the host does to one machine: what it revokes leaves every active structure at once,
 * and every processor's TLB (claims 11, 14 and 24).
 */
final class HostFollowing {

  private final VirtualMachine machine;

  HostFollowing(VirtualMachine machine) {
    this.machine = machine;
  }

  HostResponse follow(HostOperation operation) {
    HostMap map = machine.hostMap();
    return switch (operation) {
      case MapFrames(int vm, long guestFrame, long hostFrame, long frames) ->
          remap(map.with(new HostRange(guestFrame, hostFrame, frames)), frame -> false);
      case UnmapFrames(int vm, long guestFrame, long frames) ->
          remap(map.without(guestFrame, frames), run(guestFrame, frames));
      case MoveFrames(int vm, long guestFrame, long hostFrame, long frames) ->
          remap(map.moving(guestFrame, hostFrame, frames), run(guestFrame, frames));
      case ProtectFrames(int vm, long guestFrame, long frames, boolean readOnly) ->
          remap(map.protecting(guestFrame, frames, readOnly), run(guestFrame, frames));
      case ResizePages resize -> nothing();
      case StartDirtyLog start -> {
        machine.dirtyLog().start();
        yield withholdWrites(Set.of());
      }
      case HarvestDirtyLog harvest -> withholdWrites(machine.dirtyLog().harvest());
      case DestroyMachine destroy -> new HostResponse(dropEverything(), Set.of());
      case CreateMachine create -> throw new IllegalArgumentException("a machine is created");
    };
  }

  private static HostResponse nothing() {
    return new HostResponse(List.of(), Set.of());
  }

  private static LongPredicate run(long first, long frames) {
    return frame -> frame >= first && frame < first + frames;
  }

  /** Entries that lead to a guest frame concerned go; the next access derives them again. */
  private HostResponse remap(HostMap after, LongPredicate concerned) {
    machine.remap(after);
    return changeEach(
        entries -> {
          entries.removeIf(
              derived -> concerned.test(derived.source().frame(derived.entry().page())));
          return entries;
        },
        Set.of());
  }

  /** Every write right goes, so that the next store to each frame is seen. */
  private HostResponse withholdWrites(Set<Long> harvested) {
    return changeEach(
        entries -> {
          entries.replaceAll(DerivedEntry::withoutWrite);
          return entries;
        },
        harvested);
  }

  private HostResponse changeEach(UnaryOperator<List<DerivedEntry>> change, Set<Long> dirty) {
    List<ProcessorDrop> drops = new ArrayList<>();
    for (VirtualCpu vcpu : machine.vcpus()) {
      // What the event at hand has changed so far is still in the processor until it is answered.
      boolean changed = vcpu.handlesEvent();
      for (ActiveStructure structure : vcpu.structures()) {
        changed |= structure.replaceAll(change);
      }
      if (changed) {
        drops.add(new ProcessorDrop.Everything(vcpu.name()));
      }
    }
    return new HostResponse(drops, dirty);
  }

  private List<ProcessorDrop> dropEverything() {
    List<ProcessorDrop> drops = new ArrayList<>();
    machine.vcpus().forEach(vcpu -> drops.add(new ProcessorDrop.Everything(vcpu.name())));
    return drops;
  }
}
