package io.vtlb.model.trace;

import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import java.util.List;

/**
 * One virtual machine at the start of a sequence.
 *
 * @param vcpus the state of each virtual CPU, in order
 * @param hostMap the memory behind its guest frames
 * @param words the words of guest memory that do not hold their frame's tag, by ascending address
 */
public record Machine(List<VcpuState> vcpus, HostMap hostMap, List<Word> words) {

  public Machine {
    vcpus = List.copyOf(vcpus);
    words = List.copyOf(words);
  }

  /**
   * One word of guest memory.
   *
   * @param physicalAddress guest-physical, in bytes, a multiple of four
   * @param value the 32 bits there
   */
  public record Word(long physicalAddress, int value) {}
}
