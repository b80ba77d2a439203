package io.vtlb.conformance.recording;

import java.util.List;
import java.util.Map;

/**
 * What came of checking one recording.
 *
 * @param header what was recorded
 * @param records how many lines it has, the header included
 * @param walks the walks among them
 * @param checks how often each check agreed and disagreed
 * @param remarks what agrees only for a reason that a reader should know, and how often
 * @param kinds each kind of record, by name, and what became of its records
 * @param skips what was not checked, and why
 * @param disagreements the first disagreements, up to the limit that was asked for
 * @param disagreementCount all disagreements
 */
public record RecordingReport(
    RecordingHeader header,
    long records,
    Walks walks,
    Map<CheckKind, Score> checks,
    Map<String, Long> remarks,
    Map<String, Treatment> kinds,
    List<Skip> skips,
    List<Disagreement> disagreements,
    long disagreementCount) {

  /** Every walk of the recording is in one of these. */
  public record Walks(long agree, long disagree, long skipped) {

    public long total() {
      return agree + disagree + skipped;
    }
  }

  /** How often one check agreed and disagreed. */
  public record Score(long agree, long disagree) {}

  /**
   * What became of the records of one kind.
   *
   * @param context they say what others are checked with, or nothing that can be right or wrong
   */
  public record Treatment(long checked, long context, long skipped) {}

  /** Records of one kind that were not checked for one reason. */
  public record Skip(String kind, String reason, long count) {}

  /** What a recording as a whole comes to. */
  public enum Verdict {
    /** Everything checked agrees. */
    AGREES,
    /** Something disagrees. */
    DISAGREES,
    /** No walk could be checked, which is no success. */
    INCONCLUSIVE
  }

  public Verdict verdict() {
    if (disagreementCount > 0) {
      return Verdict.DISAGREES;
    }
    return walks.agree() + walks.disagree() == 0 ? Verdict.INCONCLUSIVE : Verdict.AGREES;
  }
}
