package io.vtlb.conformance.report;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import java.util.Locale;
import java.util.stream.Collectors;

/** Operations, events, answers and observations in a hypervisor engineer's words. */
final class OperationText {

  private OperationText() {}

  static String of(GuestOperation operation) {
    String who = operation.vcpu() + " ";
    return who
        + switch (operation) {
          case GuestOperation.Load load -> "load   " + hex(load.address());
          case GuestOperation.Store store ->
              "store  " + hex(store.address()) + " := " + hex(store.value());
          case GuestOperation.Fetch fetch -> "fetch  " + hex(fetch.address());
          case GuestOperation.ForeignStore store ->
              "memory "
                  + hex(store.physicalAddress())
                  + " := "
                  + hex(store.value())
                  + " by another agent (guest-physical)";
          case GuestOperation.InvalidatePage invalidate -> "INVLPG " + hex(invalidate.address());
          case GuestOperation.WriteControl write ->
              "MOV    "
                  + write.register()
                  + " := "
                  + hex(write.value())
                  + names(write.register(), write.value());
          case GuestOperation.ChangePrivilege change -> "CPL := " + change.cpl();
        };
  }

  static String of(Event event) {
    return switch (event) {
      case Event.PageFault fault ->
          "page fault at %s: %s by %s, active walk says %s"
              .formatted(
                  hex(fault.access().address()),
                  fault.access().kind().name().toLowerCase(Locale.ROOT),
                  fault.access().set().name().toLowerCase(Locale.ROOT),
                  fault.activeCode());
      case Event.InvalidatePage invalidate -> "INVLPG " + hex(invalidate.address());
      case Event.ControlWrite write ->
          "write to %s: %s -> %s"
              .formatted(
                  write.register(),
                  hex(write.before().get(write.register())),
                  hex(write.after().get(write.register())));
      case Event.PrivilegeChange change ->
          "privilege change: CPL " + change.from() + " -> " + change.to();
    };
  }

  static String of(Response response) {
    String action =
        switch (response.action()) {
          case Action.Resume resume -> "resume";
          case Action.InjectPageFault(FaultCode code, long address) ->
              "deliver #PF " + code + " at " + hex(address);
          case Action.StoreEmulated emulated -> "store emulated";
          case Action.DeviceAccess device -> "device access";
        };
    String drops =
        response.drops().stream().map(OperationText::of).collect(Collectors.joining(", "));
    return action
        + (drops.isEmpty() ? "" : "; processor drops " + drops)
        + response.report().map(OperationText::of).orElse("");
  }

  private static String of(ProcessorDrop drop) {
    return switch (drop) {
      case ProcessorDrop.Everything everything -> "everything of " + everything.vcpu();
      case ProcessorDrop.Page page -> "page of " + hex(page.address());
    };
  }

  private static String of(Report report) {
    return "; reported: "
        + words(report.cause())
        + ", resync "
        + report.resync().name().toLowerCase(Locale.ROOT);
  }

  private static String words(EventCause cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String of(Observation observation) {
    return switch (observation) {
      case Observation.Completed completed -> "completed";
      case Observation.Loaded(long value) -> "read " + hex(value);
      case Observation.ReachedDevice device -> "reached a device";
      case Observation.PageFaulted(FaultCode code, long address) ->
          "#PF " + code + " at " + hex(address);
      case Observation.GeneralProtection protection -> "#GP";
      case Observation.Stuck(int events) -> "stuck after " + events + " events";
    };
  }

  static String of(ControlState control) {
    return "CR0 %s%s, CR3 %s, CR4 %s%s"
        .formatted(
            hex(control.cr0()),
            names(ControlRegister.CR0, control.cr0()),
            hex(control.cr3()),
            hex(control.cr4()),
            names(ControlRegister.CR4, control.cr4()));
  }

  private static String names(ControlRegister register, long value) {
    return switch (register) {
      case CR0 -> (value & ControlState.CR0_WP) != 0 ? " (WP=1)" : " (WP=0)";
      case CR3 -> "";
      case CR4 ->
          " (PSE=%d PGE=%d)"
              .formatted(
                  (value & ControlState.CR4_PSE) != 0 ? 1 : 0,
                  (value & ControlState.CR4_PGE) != 0 ? 1 : 0);
    };
  }

  static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }
}
