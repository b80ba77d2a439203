/**
 * Measures which cells the events of a run fell into, and holds them against all that are known.
 *
 * <p>What a cell is, the specification says; how a run is played and reported does not belong here.
 */
@NullMarked
package io.vtlb.conformance.cell;

import org.jspecify.annotations.NullMarked;
