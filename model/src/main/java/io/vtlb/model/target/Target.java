package io.vtlb.model.target;

/**
 * What is tested. A fresh instance serves each sequence of operations and is used by one thread.
 *
 * <p>Implement {@link VirtualTlb} for the VMM's part alone, or {@link GuestMachine} for a whole
 * machine whose inside cannot be seen.
 *
 * <p>A target is only asked for what it declares. A call that it does not serve all the same throws
 * {@link UnsupportedOperationException} with a message that names what that is; then the
 * declaration is false, which is a failure of its own.
 */
public sealed interface Target permits VirtualTlb, GuestMachine {

  /** What the target says about itself; the same on each call. */
  Description describe();

  /**
   * Creates a virtual machine, before anything runs on it.
   *
   * @param blueprint its virtual CPUs, host map and processor
   * @param memory its guest-physical memory, valid until the end of the sequence
   */
  void create(VmBlueprint blueprint, GuestMemory memory);
}
