package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
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
import io.vtlb.model.operation.Operation;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What an operation comes to, whether it is done at once or inside an event. */
final class Actions {

  private Actions() {}

  /** What the guest, or another agent of its machine, does in an operation, if it does anything. */
  static Optional<GuestOperation> guest(Operation operation) {
    return switch (operation) {
      case GuestOperation guest -> Optional.of(guest);
      case HostOperation host -> Optional.empty();
      case AtRead atRead -> guest(atRead.operation());
    };
  }

  /** What the host does in an operation, if it does anything. */
  static Optional<HostOperation> host(Operation operation) {
    return switch (operation) {
      case GuestOperation guest -> Optional.empty();
      case HostOperation host -> Optional.of(host);
      case AtRead atRead -> host(atRead.operation());
    };
  }

  /** The machine that an operation concerns. */
  static int vm(Operation operation) {
    return switch (operation) {
      case GuestOperation guest -> guest.vcpu().vm();
      case HostOperation host -> host.vm();
      case AtRead atRead -> vm(atRead.operation());
    };
  }

  /** The operation with a change of what the guest does; what the host does stays as it is. */
  static Operation withGuest(Operation operation, UnaryOperator<GuestOperation> change) {
    return switch (operation) {
      case GuestOperation guest -> change.apply(guest);
      case HostOperation host -> host;
      case AtRead atRead -> new AtRead(atRead.read(), withGuest(atRead.operation(), change));
    };
  }

  /** The same operation on another machine. */
  static Operation on(Operation operation, int vm) {
    return switch (operation) {
      case GuestOperation guest -> Operations.by(guest, new Vcpu(vm, guest.vcpu().index()));
      case HostOperation host -> on(host, vm);
      case AtRead atRead -> new AtRead(atRead.read(), on(atRead.operation(), vm));
    };
  }

  private static HostOperation on(HostOperation operation, int vm) {
    return switch (operation) {
      case MapFrames map -> new MapFrames(vm, map.guestFrame(), map.hostFrame(), map.frames());
      case UnmapFrames unmap -> new UnmapFrames(vm, unmap.guestFrame(), unmap.frames());
      case MoveFrames move ->
          new MoveFrames(vm, move.guestFrame(), move.hostFrame(), move.frames());
      case ProtectFrames protect ->
          new ProtectFrames(vm, protect.guestFrame(), protect.frames(), protect.readOnly());
      case ResizePages resize ->
          new ResizePages(vm, resize.guestFrame(), resize.frames(), resize.pages());
      case StartDirtyLog start -> new StartDirtyLog(vm);
      case HarvestDirtyLog harvest -> new HarvestDirtyLog(vm);
      case CreateMachine create -> new CreateMachine(vm);
      case DestroyMachine destroy -> new DestroyMachine(vm);
    };
  }
}
