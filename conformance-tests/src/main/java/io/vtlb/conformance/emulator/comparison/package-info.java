/**
 * The model beside an emulator: random situations, what the model admits of each, what the emulator
 * did, and the ledger of the emulator's known deviations.
 *
 * <p>Every probe starts from an empty TLB, so one walk decides. Source: Intel SDM vol. 3, 4.1 to
 * 4.8; docs/adr/0011.
 */
@NullMarked
package io.vtlb.conformance.emulator.comparison;

import org.jspecify.annotations.NullMarked;
