package io.vtlb.conformance.report;

import static io.vtlb.conformance.report.OperationText.hex;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Events and answers in a hypervisor engineer's words. */
final class EventText {

  private EventText() {}

  static String of(Event event) {
    return switch (event) {
      case Event.PageFault fault ->
          "page fault at %s: %s%s by %s%s, active walk says %s"
              .formatted(
                  hex(fault.access().address()),
                  fault.access().kind().name().toLowerCase(Locale.ROOT),
                  OperationText.width(fault.access().bytes()),
                  words(fault.access().set()),
                  fault.access().pkru() == 0
                      ? ""
                      : " with PKRU " + ControlText.pkru(fault.access().pkru()),
                  fault.activeCode());
      case Event.InvalidatePage invalidate -> "INVLPG " + hex(invalidate.address());
      case Event.InvalidatePcid invalidate ->
          OperationText.invpcid(invalidate.type(), invalidate.pcid(), invalidate.address());
      case Event.ControlWrite write -> of(write);
      case Event.PrivilegeChange change ->
          "privilege change: CPL " + change.from() + " -> " + change.to();
    };
  }

  /** The register before and after, and what else follows from the write. */
  private static String of(Event.ControlWrite write) {
    long after = write.after().get(write.register());
    long efer = write.before().efer() ^ write.after().efer();
    return "write to %s: %s -> %s%s%s%s"
        .formatted(
            write.register(),
            hex(write.before().get(write.register())),
            hex(after),
            write.value() == after ? "" : ", written as " + hex(write.value()),
            (efer & ControlState.EFER_LMA) == 0
                ? ""
                : ", LMA " + (write.before().longMode() ? "1 -> 0" : "0 -> 1"),
            write.before().pdptes().equals(write.after().pdptes())
                ? ""
                : write.after().pdptes().entries().stream()
                    .map(OperationText::hex)
                    .collect(Collectors.joining(" ", ", PDPTEs ", "")));
  }

  private static String words(PrivilegeSet set) {
    return switch (set) {
      case SUPERVISOR -> "supervisor";
      case USER -> "user";
      case SUPERVISOR_AC -> "supervisor with AC=1";
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
    return action + of(response.drops()) + response.report().map(EventText::of).orElse("");
  }

  /** What processors drop besides, if there is anything. */
  static String of(List<ProcessorDrop> drops) {
    return drops.isEmpty()
        ? ""
        : "; processor drops "
            + drops.stream().map(EventText::of).collect(Collectors.joining(", "));
  }

  private static String of(ProcessorDrop drop) {
    return switch (drop) {
      case ProcessorDrop.Everything everything -> "everything of " + everything.vcpu();
      case ProcessorDrop.Page page -> "page of " + hex(page.address()) + " of " + page.vcpu();
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
}
