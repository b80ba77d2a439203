package io.vtlb.conformance.sweep;

import java.util.Map;

/**
 * An independent implementation of translation, such as an emulator's memory management unit, that
 * is asked what becomes of single accesses.
 *
 * <p>Every question stands alone: a witness must have forgotten everything that it has cached.
 */
public interface AccessWitness {

  /** Its name and version for reports. */
  String name();

  /** What becomes of one access. */
  WitnessAnswer answer(WitnessQuestion question);

  /**
   * How many answers so far are not what the witness did, but what a known deviation of it stands
   * for, by the deviation's name.
   */
  default Map<String, Long> explained() {
    return Map.of();
  }
}
