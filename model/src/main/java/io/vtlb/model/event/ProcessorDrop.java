package io.vtlb.model.event;

import io.vtlb.model.machine.Vcpu;

/** A request of the VMM that the processor forget translations cached from the active structure. */
public sealed interface ProcessorDrop {

  Vcpu vcpu();

  /** Everything cached for this virtual CPU, in every privilege set. */
  record Everything(Vcpu vcpu) implements ProcessorDrop {

    @Override
    public String toString() {
      return "everything of " + vcpu;
    }
  }

  /**
   * Every cached translation that covers one linear address, of whatever size, in every privilege
   * set.
   *
   * @param address linear, in bytes
   */
  record Page(Vcpu vcpu, long address) implements ProcessorDrop {

    @Override
    public String toString() {
      return "the page of 0x%x of %s".formatted(address, vcpu);
    }
  }
}
