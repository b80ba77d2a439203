package io.vtlb.model.machine;

/**
 * One virtual CPU of one virtual machine, named by two small numbers from zero.
 *
 * @param vm the virtual machine, from 0
 * @param index the virtual CPU inside it, from 0
 */
public record Vcpu(int vm, int index) {

  public Vcpu {
    if (vm < 0 || index < 0) {
      throw new IllegalArgumentException(
          "a virtual CPU is named by numbers from 0: " + vm + "." + index);
    }
  }

  /** Maps are asked by virtual CPU at every event. */
  @Override
  public int hashCode() {
    return vm * 31 + index;
  }

  @Override
  public String toString() {
    return "vm" + vm + ".cpu" + index;
  }
}
