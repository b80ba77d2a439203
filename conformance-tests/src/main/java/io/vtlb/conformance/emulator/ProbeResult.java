package io.vtlb.conformance.emulator;

import java.util.List;

/** What became of a probe, and its words as they were right after it. */
public sealed interface ProbeResult {

  /** The probe's words, in its order, with what was in memory after the access. */
  List<Word> memory();

  /**
   * The access completed.
   *
   * @param value what a load read, or the tag that a fetch ran; 0 for what tells no value
   */
  record Completed(long value, List<Word> memory) implements ProbeResult {}

  /**
   * The access raised a page fault.
   *
   * @param errorCode as it would be pushed (Intel SDM vol. 3, 4.7)
   * @param address what CR2 would hold
   */
  record PageFault(int errorCode, long address, List<Word> memory) implements ProbeResult {}

  /**
   * The access raised another exception, such as #GP for an address that is not canonical.
   *
   * @param errorCode as it would be pushed; 0 for a vector without one
   */
  record OtherException(int vector, int errorCode, List<Word> memory) implements ProbeResult {}

  /**
   * The state cannot be entered, such as one with a reserved bit of CR4 (AMD APM vol. 2, 15.5.1).
   */
  record Refused(List<Word> memory) implements ProbeResult {}

  /**
   * The probe did something that it should not: most often, a fetch ran what is no {@link
   * FetchTag}.
   *
   * @param exitCode the SVM exit code (AMD APM vol. 2, appendix C)
   * @param instruction where it ended, a linear address
   */
  record Strayed(long exitCode, long instruction, List<Word> memory) implements ProbeResult {}
}
