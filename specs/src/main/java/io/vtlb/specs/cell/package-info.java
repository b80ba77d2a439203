/**
 * Cells: the kinds of situations in which an event can find a virtual TLB, as they are defined in
 * {@code specs/smt/generation/cell.smt2}.
 *
 * <p>How a solver reaches them, and how a run's are measured, does not belong here.
 */
@NullMarked
package io.vtlb.specs.cell;

import org.jspecify.annotations.NullMarked;
