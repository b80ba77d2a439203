package io.vtlb.conformance.recording;

import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One line of a recording after its header, as far as the checks need it. */
sealed interface RecordedFact {

  /** The line it stands on, from 1. */
  long line();

  /**
   * {@code mode}: the control state of the walks that follow.
   *
   * @param control its CR3 is of no account: each walk has its own
   * @param role what the hypervisor made of the control state
   */
  record Mode(long line, ControlState control, PagingRole role) implements RecordedFact {}

  /**
   * {@code cr0}, {@code cr3}, {@code cr4} and {@code efer}: a write of the guest to one of them.
   *
   * @param old what it held before
   * @param refused the write was a #GP
   */
  record RegisterWritten(long line, ControlRegister register, long value, long old, boolean refused)
      implements RecordedFact {}

  /**
   * {@code walk}: a walk of the guest structure by the hypervisor.
   *
   * @param address the linear address
   * @param user an access of CPL 3 by the error code, whatever the CPL
   * @param implicit a supervisor access that the guest did not ask for, or that is made at CPL 3
   * @param alignmentCheck EFLAGS.AC
   * @param entries the entries that were read, root first
   * @param updates the A and D bits that it set
   * @param code the error code of the fault that it ended in; empty if it succeeded
   */
  record Walk(
      long line,
      long address,
      AccessKind kind,
      boolean user,
      boolean implicit,
      boolean alignmentCheck,
      long cr3,
      List<Element> entries,
      List<BitUpdate> updates,
      Optional<FaultCode> code)
      implements RecordedFact {}

  /** One entry of a walk; {@code level} counts up from 1, the level of 4 KiB pages. */
  record Element(long value, int level) {}

  /**
   * {@code exit}: the guest stopped; {@code delivering}: while an event was being delivered to it.
   */
  record Exit(long line, boolean delivering) implements RecordedFact {}

  /**
   * {@code pf}: a page fault of the active structure, an event for the hypervisor.
   *
   * @param deviceMark the active entry was one that marks a device
   */
  record PageFault(long line, long address, boolean deviceMark) implements RecordedFact {}

  /** {@code pf_ret}: the hypervisor's answer to a page fault. */
  record Answer(long line, String answer, boolean pagingOff) implements RecordedFact {}

  /** {@code inject_pf}: a page fault handed to the guest. */
  record Injection(long line, int vector, FaultCode code, long address) implements RecordedFact {}

  /** {@code spte_req}: the guest frame that an active entry is wanted for. */
  record EntryRequest(long line, long frame) implements RecordedFact {}

  /**
   * {@code spte_set}: a leaf of the active structure.
   *
   * @param level counts up from 1, the level of 4 KiB pages; each level has 512 entries
   * @param frame the first guest frame that it maps
   * @param at its physical address
   */
  record EntrySet(long line, int level, long frame, long entry, long at) implements RecordedFact {}

  /** {@code mmio_spte}: an active entry that marks a device, for a guest frame. */
  record DeviceMark(long line, long frame) implements RecordedFact {}

  /** {@code emul}: the hypervisor executes an instruction of the guest. */
  record Emulation(long line) implements RecordedFact {}

  /** {@code pte_write}: a store of the guest that the hypervisor does for it. */
  record EmulatedStore(long line, long physicalAddress) implements RecordedFact {}

  /**
   * {@code probe}: what a bare-metal guest saw of one access of its own.
   *
   * @param readModifyWrite a locked read-modify-write; {@code kind} is then a store
   * @param flush what the guest did since it last changed the entries
   * @param entries the entries on the way to the page, root first
   * @param vector the exception; empty if the access completed
   * @param code the error code of a page fault
   * @param faultAddress CR2 after a page fault
   */
  record Probe(
      long line,
      long address,
      AccessKind kind,
      boolean readModifyWrite,
      boolean user,
      boolean alignmentCheck,
      ControlState control,
      Flush flush,
      List<ReportedEntry> entries,
      OptionalInt vector,
      FaultCode code,
      long faultAddress)
      implements RecordedFact {}

  /** What a guest did since it last changed the entries of a page. */
  enum Flush {
    NONE,
    INVLPG,
    MOV_CR3
  }

  /** An entry before and after an access. */
  record ReportedEntry(long address, long before, long after) {}

  /** Any other line; {@link OtherRecords} says what it is for. */
  record Other(long line, String kind) implements RecordedFact {}
}
