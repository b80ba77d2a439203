package io.vtlb.conformance.bench;

/**
 * How fast a target was, and the bundled implementation at the same sequences, in events.
 *
 * @param target what reports call it
 * @param own the target's
 * @param inProcess the bundled implementation's, in the kit's own process, measured in turn with it
 */
public record TargetSpeed(String target, Rates own, Rates inProcess) {

  /**
   * Two speeds that were measured in the same runs.
   *
   * @param judged of whole runs: guest, target and monitor
   * @param answered of the target's part of them: each call of the kit and its return
   */
  public record Rates(Speed judged, Speed answered) {}
}
