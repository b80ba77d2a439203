package io.vtlb.conformance.recording;

import io.vtlb.conformance.recording.RecordingReport.Score;
import io.vtlb.conformance.recording.RecordingReport.Skip;
import io.vtlb.conformance.recording.RecordingReport.Treatment;
import io.vtlb.conformance.recording.RecordingReport.Walks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Counts what is checked while a recording is read; each record is counted once, in one treatment.
 */
final class Tally {

  private final int limit;
  private final Map<CheckKind, long[]> scores = new EnumMap<>(CheckKind.class);
  private final Map<String, Long> remarks = new TreeMap<>();
  private final Map<String, long[]> kinds = new TreeMap<>();
  private final Map<SkipKey, Long> skips = new LinkedHashMap<>();
  private final List<Disagreement> disagreements = new ArrayList<>();
  private long disagreementCount;
  private long walksAgree;
  private long walksDisagree;
  private long walksSkipped;

  private static final int CHECKED = 0;
  private static final int CONTEXT = 1;
  private static final int SKIPPED = 2;

  private record SkipKey(String kind, String reason) {}

  /**
   * @param limit how many disagreements to keep; all are counted
   */
  Tally(int limit) {
    this.limit = limit;
    for (CheckKind check : CheckKind.values()) {
      scores.put(check, new long[2]);
    }
  }

  /** Counts one comparison, whose sides are worded only if they disagree; true if they agree. */
  boolean compare(
      CheckKind check,
      long line,
      boolean agrees,
      Supplier<String> recorded,
      Supplier<String> model) {
    score(check)[agrees ? 0 : 1]++;
    if (!agrees) {
      disagreementCount++;
      if (disagreements.size() < limit) {
        disagreements.add(new Disagreement(line, check, recorded.get(), model.get()));
      }
    }
    return agrees;
  }

  private long[] score(CheckKind check) {
    long[] score = scores.get(check);
    if (score == null) {
      throw new AssertionError(check);
    }
    return score;
  }

  /** Counts an agreement that has a reason worth telling. */
  void remark(String reason) {
    remarks.merge(reason, 1L, Long::sum);
  }

  /** The record of this kind was checked. */
  void checked(String kind) {
    treat(kind, CHECKED);
  }

  /**
   * The record of this kind says nothing that is checked, but may say what others are checked with.
   */
  void context(String kind) {
    treat(kind, CONTEXT);
  }

  /** The record of this kind could have been checked, but for this reason was not. */
  void skip(String kind, String reason) {
    treat(kind, SKIPPED);
    skips.merge(new SkipKey(kind, reason), 1L, Long::sum);
  }

  private void treat(String kind, int treatment) {
    kinds.computeIfAbsent(kind, name -> new long[3])[treatment]++;
  }

  /** Counts a walk that was checked; it may still be {@linkplain #walkSpoiled spoiled} later. */
  void walkChecked(boolean agrees) {
    if (agrees) {
      walksAgree++;
    } else {
      walksDisagree++;
    }
  }

  /** A walk that was counted as agreeing disagrees by what a later record says of it. */
  void walkSpoiled() {
    walksAgree--;
    walksDisagree++;
  }

  void walkSkipped() {
    walksSkipped++;
  }

  RecordingReport report(RecordingHeader header) {
    Map<CheckKind, Score> checks = new EnumMap<>(CheckKind.class);
    scores.forEach((check, score) -> checks.put(check, new Score(score[0], score[1])));
    Map<String, Treatment> treatments = new LinkedHashMap<>();
    long records = 0;
    for (Map.Entry<String, long[]> kind : kinds.entrySet()) {
      long[] n = kind.getValue();
      treatments.put(kind.getKey(), new Treatment(n[CHECKED], n[CONTEXT], n[SKIPPED]));
      records += n[CHECKED] + n[CONTEXT] + n[SKIPPED];
    }
    return new RecordingReport(
        header,
        records,
        new Walks(walksAgree, walksDisagree, walksSkipped),
        Collections.unmodifiableMap(checks),
        Collections.unmodifiableMap(remarks),
        Collections.unmodifiableMap(treatments),
        skipList(),
        List.copyOf(disagreements),
        disagreementCount);
  }

  private List<Skip> skipList() {
    List<Skip> list = new ArrayList<>();
    skips.forEach((key, count) -> list.add(new Skip(key.kind(), key.reason(), count)));
    list.sort(
        Comparator.comparing(Skip::kind)
            .thenComparing(Skip::count, Comparator.reverseOrder())
            .thenComparing(Skip::reason));
    return list;
  }
}
