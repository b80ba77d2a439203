package io.vtlb.model.operation;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.Vcpu;

/** One thing that a guest program, or another agent of its machine, does. */
public sealed interface GuestOperation {

  /**
   * The virtual CPU that does it; for {@link ForeignStore}, one of the machine whose memory
   * changes.
   */
  Vcpu vcpu();

  /**
   * Reads four bytes at a linear address.
   *
   * @param address linear, in bytes, a multiple of four
   */
  record Load(Vcpu vcpu, long address) implements GuestOperation {}

  /**
   * Writes four bytes at a linear address.
   *
   * @param address linear, in bytes, a multiple of four
   * @param value the 32 bits written
   */
  record Store(Vcpu vcpu, long address, long value) implements GuestOperation {}

  /**
   * Fetches an instruction at a linear address.
   *
   * @param address linear, in bytes, a multiple of four
   */
  record Fetch(Vcpu vcpu, long address) implements GuestOperation {}

  /**
   * Another agent, such as a device, writes four bytes of guest memory; no virtual CPU translates
   * it.
   *
   * @param physicalAddress guest-physical, in bytes, a multiple of four, inside memory of the
   *     machine
   * @param value the 32 bits written
   */
  record ForeignStore(Vcpu vcpu, long physicalAddress, long value) implements GuestOperation {}

  /**
   * INVLPG, a privileged instruction (Intel SDM vol. 2, INVLPG).
   *
   * @param address linear, in bytes
   */
  record InvalidatePage(Vcpu vcpu, long address) implements GuestOperation {}

  /**
   * MOV to a control register, a privileged instruction (Intel SDM vol. 2, MOV to control
   * registers).
   */
  record WriteControl(Vcpu vcpu, ControlRegister register, long value) implements GuestOperation {}

  /**
   * The current privilege level changes, by whatever instruction.
   *
   * @param cpl the level after it, 0 to 3
   */
  record ChangePrivilege(Vcpu vcpu, int cpl) implements GuestOperation {}
}
