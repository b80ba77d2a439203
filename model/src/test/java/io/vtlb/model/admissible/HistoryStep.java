package io.vtlb.model.admissible;

import io.vtlb.model.machine.ControlRegister;

/** One thing that happens to a guest's translations in a random history. */
sealed interface HistoryStep {

  /** An entry is replaced. */
  record Store(long address, int value) implements HistoryStep {}

  /** Bits of an entry are set, as a processor sets A and D; often none of them was clear. */
  record SetBits(long address, int bits) implements HistoryStep {}

  /** Bits of an entry are inverted. */
  record InvertBits(long address, int bits) implements HistoryStep {}

  /** A value is loaded into CR3. */
  record LoadRoot(long value) implements HistoryStep {}

  /** CR3 is loaded with the value that it has. */
  record ReloadRoot() implements HistoryStep {}

  /** A bit of CR0 or CR4 changes. */
  record InvertControl(ControlRegister register, long bit) implements HistoryStep {}

  /** INVLPG, for a linear page numbered in 4 KiB. */
  record InvalidatePage(long page) implements HistoryStep {}

  /** A page fault with P=1 and RSVD=0 is delivered, for a linear page numbered in 4 KiB. */
  record DeliverFault(long page) implements HistoryStep {}

  /** A page fault with P=0 or RSVD=1 is delivered, for a linear page numbered in 4 KiB. */
  record DeliverWalkFault(long page) implements HistoryStep {}
}
