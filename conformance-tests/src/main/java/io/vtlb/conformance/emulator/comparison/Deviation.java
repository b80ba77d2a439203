package io.vtlb.conformance.emulator.comparison;

import io.vtlb.conformance.emulator.ProbeResult;
import io.vtlb.model.paging.PagingMode;

/**
 * A result that neither the model admits nor the ledger explains.
 *
 * @param number which probe of the mode it is, from 0
 * @param admitted what the model admits
 * @param result what the emulator did
 */
public record Deviation(
    PagingMode mode, long number, Situation situation, Prediction admitted, ProbeResult result) {}
