package io.vtlb.model.target;

import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;

/**
 * A whole machine that runs guest operations itself, processor included, and shows nothing else
 * (level 1).
 */
public non-sealed interface GuestMachine extends Target {

  /** Performs one operation to its end and says what the guest saw. */
  Observation perform(GuestOperation operation);
}
