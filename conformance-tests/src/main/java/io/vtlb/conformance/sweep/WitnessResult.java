package io.vtlb.conformance.sweep;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came of a sample that was handed to a witness.
 *
 * @param witness its name, nothing if there is none
 * @param absence why there is none, empty if there is one
 * @param sampled how many combinations were drawn
 * @param compared how many of them the witness answered
 * @param disagreements how many answers differ from the formulation
 * @param declined how many it declined, by reason
 * @param explained how many answers a known deviation of the witness stands behind, by its name
 * @param shown the first disagreements, in words
 */
public record WitnessResult(
    Optional<String> witness,
    String absence,
    long sampled,
    long compared,
    long disagreements,
    Map<String, Long> declined,
    Map<String, Long> explained,
    List<String> shown) {

  public WitnessResult {
    declined = new TreeMap<>(declined);
    explained = new TreeMap<>(explained);
    shown = List.copyOf(shown);
  }

  /** No witness. */
  public static WitnessResult absent(String why, long sampled) {
    return new WitnessResult(Optional.empty(), why, sampled, 0, 0, Map.of(), Map.of(), List.of());
  }
}
