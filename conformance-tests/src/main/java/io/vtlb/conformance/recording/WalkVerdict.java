package io.vtlb.conformance.recording;

/** What checking a recorded walk came to, for the records that follow from the walk. */
sealed interface WalkVerdict permits JudgedWalk, WalkVerdict.Skipped {

  /** The line of the walk. */
  long line();

  /** The linear address that it was for. */
  long address();

  /** The walk could not be checked. */
  record Skipped(long line, long address, String reason) implements WalkVerdict {}
}
