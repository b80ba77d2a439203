package io.vtlb.conformance.report;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;

/** Operations and observations in a hypervisor engineer's words. */
final class OperationText {

  private static final int USUAL_BYTES = 4;

  private OperationText() {}

  static String of(Operation operation) {
    return switch (operation) {
      case GuestOperation guest -> of(guest);
      case HostOperation host -> "host: " + HostText.of(host);
      case AtRead atRead -> "at read " + atRead.read() + ": " + of(atRead.operation());
    };
  }

  private static String of(GuestOperation operation) {
    String who = operation.vcpu() + " ";
    return who
        + switch (operation) {
          case GuestOperation.Load load -> "load   " + hex(load.address()) + width(load.bytes());
          case GuestOperation.Store store ->
              "store  " + hex(store.address()) + " := " + hex(store.value()) + width(store.bytes());
          case GuestOperation.Fetch fetch ->
              "fetch  " + hex(fetch.address()) + width(fetch.bytes());
          case GuestOperation.ForeignStore store ->
              "memory "
                  + hex(store.physicalAddress())
                  + " := "
                  + hex(store.value())
                  + width(store.bytes())
                  + " by another agent (guest-physical)";
          case GuestOperation.InvalidatePage invalidate -> "INVLPG " + hex(invalidate.address());
          case GuestOperation.InvalidatePcid invalidate ->
              invpcid(invalidate.type(), invalidate.pcid(), invalidate.address());
          case GuestOperation.WriteControl write ->
              (write.register() == ControlRegister.EFER ? "WRMSR  " : "MOV    ")
                  + write.register()
                  + " := "
                  + hex(write.value())
                  + ControlText.names(write.register(), write.value());
          case GuestOperation.WriteProtectionKeyRights write ->
              "WRPKRU " + ControlText.pkru(write.value());
          case GuestOperation.ChangeAlignmentCheck change ->
              "AC := " + (change.alignmentCheck() ? 1 : 0);
          case GuestOperation.ChangePrivilege change -> "CPL := " + change.cpl();
        };
  }

  /** INVPCID with what its type looks at. */
  static String invpcid(InvalidationType type, int pcid, long address) {
    return "INVPCID "
        + switch (type) {
          case ADDRESS -> hex(address) + " under PCID " + hex(pcid);
          case SINGLE_CONTEXT -> "PCID " + hex(pcid) + " but globals";
          case ALL_CONTEXTS -> "every PCID and globals";
          case ALL_CONTEXTS_KEEPING_GLOBALS -> "every PCID but globals";
        };
  }

  static String of(Observation observation) {
    return switch (observation) {
      case Observation.Completed completed -> "completed";
      case Observation.Loaded(long value) -> "read " + hex(value);
      case Observation.ReachedDevice device -> "reached a device";
      case Observation.PageFaulted(FaultCode code, long address) ->
          "#PF " + code + " at " + hex(address);
      case Observation.GeneralProtection protection -> "#GP";
      case Observation.InvalidOpcode opcode -> "#UD";
      case Observation.Stuck(int events) -> "stuck after " + events + " events";
    };
  }

  /** The width of an access, if it is not the usual one. */
  static String width(int bytes) {
    return bytes == USUAL_BYTES ? "" : " (" + bytes + " bytes)";
  }

  static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }
}
