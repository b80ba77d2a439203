/**
 * Makes sequences from a seed: small worlds, and operations biased so that edits, flushes,
 * privilege changes and accesses meet on the same pages.
 *
 * <p>Independent of any property-testing library; the same seed gives the same sequence, always.
 */
@NullMarked
package io.vtlb.conformance.generate;

import org.jspecify.annotations.NullMarked;
