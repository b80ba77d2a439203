package io.vtlb.model.admissible;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.paging.PagingMode;

/**
 * One thing that happens to a guest's translations in a random history. Pages are named by their
 * place among those of the small world in the mode at hand, counted round and round.
 */
sealed interface HistoryStep {

  /** A word, or both words of an entry, are replaced. */
  record Store(long address, int bytes, long value) implements HistoryStep {}

  /** Bits of eight bytes are set, as a processor sets A and D; often none of them was clear. */
  record SetBits(long address, long bits) implements HistoryStep {}

  /** Bits of eight bytes are inverted. */
  record InvertBits(long address, long bits) implements HistoryStep {}

  /** A value is loaded into CR3. */
  record LoadRoot(long value) implements HistoryStep {}

  /** CR3 is loaded with the value that it has, and perhaps bit 63. */
  record ReloadRoot(boolean keeps) implements HistoryStep {}

  /** Bits of a register change together. */
  record InvertControl(ControlRegister register, long bits) implements HistoryStep {}

  /** The guest goes to another mode, or leaves and enters the same one, by way of no paging. */
  record SwitchMode(PagingMode to, long root) implements HistoryStep {}

  /** INVLPG. */
  record InvalidatePage(int page) implements HistoryStep {}

  /** INVPCID. */
  record InvalidatePcid(InvalidationType type, int pcid, int page) implements HistoryStep {}

  /** A page fault with P=1 and RSVD=0 is delivered. */
  record DeliverFault(int page) implements HistoryStep {}

  /** A page fault with P=0 or RSVD=1 is delivered. */
  record DeliverWalkFault(int page) implements HistoryStep {}
}
