package io.vtlb.conformance.emulator;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.paging.PagingMode;
import java.util.List;

/**
 * One access by one instruction, in one state of the processor, over the page tables in {@code
 * words}.
 *
 * <p>The words are in memory while the probe runs, and what was there before comes back afterwards.
 * The probe's own code lies under a root entry that the emulator adds for the time of the probe, in
 * a place that the access's walk does not read; see {@link LaunchPad}.
 *
 * @param control the control registers; the emulator reads PDPTEs from memory at CR3, whatever the
 *     registers here hold
 * @param cpl the current privilege level, 0 to 3
 * @param alignmentCheck EFLAGS.AC
 * @param pkru the PKRU register
 * @param address the linear address in bytes; below 2<sup>32</sup> where addresses have 32 bits
 * @param value what a store writes
 * @param words what to place in free memory, each address at most once
 */
public record Probe(
    ControlState control,
    int cpl,
    boolean alignmentCheck,
    int pkru,
    Instruction instruction,
    long address,
    long value,
    List<Word> words) {

  public Probe {
    if (cpl < 0 || cpl > 3) {
      throw new IllegalArgumentException("there is no CPL " + cpl);
    }
    if (PagingMode.of(control).linear(address) != address) {
      throw new IllegalArgumentException("address above 4 GiB: 0x" + Long.toHexString(address));
    }
    if (instruction.isImplicit() && (address & 7) != 0) {
      throw new IllegalArgumentException("not a multiple of eight: 0x" + Long.toHexString(address));
    }
    words = List.copyOf(words);
  }

  /** The paging mode. */
  public PagingMode mode() {
    return PagingMode.of(control);
  }

  /** True if the access goes on in the next page. */
  public boolean crosses() {
    return (address & 0xFFF) + instruction.bytes() > 0x1000;
  }
}
