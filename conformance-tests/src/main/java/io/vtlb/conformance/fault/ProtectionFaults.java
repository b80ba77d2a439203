package io.vtlb.conformance.fault;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.rule.Rule;
import java.util.List;

/** Execute-disable, SMEP, SMAP and protection keys overlooked or combined wrongly. */
final class ProtectionFaults {

  private static final long EXECUTE_DISABLE = 1L << 63;

  static final List<Fault> ALL =
      List.of(
          new Fault(
              "execute-disable-ignored",
              "Xen 4c5d78a10d's kind (a right that no walk collects)",
              Rule.DERIVE_2,
              () ->
                  new MisreadingDeviation(
                      event -> true,
                      (entry, level, control) -> withoutExecuteDisable(entry, control))),
          new Fault(
              "execute-disable-of-last-entry-only",
              "KVM b1bd5cba3306, CVE-2021-38198 (the last entry's rights, not those of the walk)",
              Rule.DERIVE_2,
              () ->
                  new MisreadingDeviation(
                      event -> true,
                      (entry, level, control) ->
                          TranslationFaults.isDirectory(level)
                              ? withoutExecuteDisable(entry, control)
                              : entry)),
          new Fault(
              "smep-ignored",
              "Xen 4c5d78a10d (SMEP without NX)",
              Rule.DERIVE_2,
              () -> withoutInCr4(ControlState.CR4_SMEP)),
          new Fault(
              "smap-ignored",
              "Bochs c96f5e27a (no flush when SMAP changed)",
              Rule.DERIVE_2,
              () -> withoutInCr4(ControlState.CR4_SMAP)),
          new Fault(
              "smap-suspended-without-alignment-check",
              "Xen c558361467's kind (accesses that SMAP covers taken for others)",
              Rule.DERIVE_2,
              EntryDeviation::alignmentCheckOverlooked),
          new Fault(
              "protection-keys-ignored",
              "KVM b1bd5cba3306's kind (a right of the guest's entry left out of the key)",
              Rule.DERIVE_2,
              EntryDeviation::withoutProtectionKeys),
          new Fault(
              "protection-key-bit-missing-in-error-code",
              "Xen 31b083a50c's kind (a bit of the error code computed wrongly)",
              Rule.EVENT_3,
              () ->
                  new AnswerDeviation((event, response) ->
                      ClassificationFaults.withCode(
                          response, bits -> bits & ~FaultCode.PROTECTION_KEY))));

  private ProtectionFaults() {}

  /** Where the bit is reserved, it is left alone. */
  private static long withoutExecuteDisable(long entry, ControlState control) {
    return control.noExecute() ? entry & ~EXECUTE_DISABLE : entry;
  }

  private static Deviation withoutInCr4(long bit) {
    return new ControlDeviation(control -> control.with(ControlRegister.CR4, control.cr4() & ~bit));
  }
}
