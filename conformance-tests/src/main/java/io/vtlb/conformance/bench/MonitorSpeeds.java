package io.vtlb.conformance.bench;

import java.util.Optional;

/**
 * What the benchmark of the monitor found.
 *
 * @param judging sequences that were generated before
 * @param generating sequences that are generated, each before it is judged
 * @param chains the comparison, which generates as it goes; empty where there is none
 */
public record MonitorSpeeds(
    MonitorPlan plan, Speed judging, Speed generating, Optional<Speed> chains) {}
