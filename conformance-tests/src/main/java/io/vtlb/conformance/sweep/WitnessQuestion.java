package io.vtlb.conformance.sweep;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import java.util.List;

/**
 * One access, with all that decides about it.
 *
 * @param profile the processor
 * @param control the control registers; with PAE paging the PDPTE registers hold what memory holds
 *     at CR3
 * @param access the linear address, the kind, the privilege set, PKRU, and the width in bytes
 * @param cpl the current privilege level, 0 or 3
 * @param alignmentCheck EFLAGS.AC
 * @param stored what a store stores, in as many bytes as the access has
 * @param memory every word of guest memory that is not zero, tables first; all lie below {@link
 *     #MEMORY_BYTES}. The last is the data at the translated address, if there is one: a load reads
 *     it, and for a fetch a witness puts an instruction there instead
 */
public record WitnessQuestion(
    Profile profile,
    ControlState control,
    Access access,
    int cpl,
    boolean alignmentCheck,
    long stored,
    List<Word> memory) {

  /** The size of guest memory, in bytes, that is enough for every question. */
  public static final long MEMORY_BYTES = 32L << 20;

  public WitnessQuestion {
    memory = List.copyOf(memory);
  }

  /**
   * A word of guest memory.
   *
   * @param address guest-physical, in bytes
   * @param bytes 4 or 8
   * @param value little-endian
   */
  public record Word(long address, int bytes, long value) {}
}
