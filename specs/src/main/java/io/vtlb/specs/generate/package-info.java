/**
 * Event sequences from the specification: a small world unrolled step by step, in which a solver
 * finds a shortest way into every cell.
 *
 * <p>How sequences are played and judged does not belong here.
 */
@NullMarked
package io.vtlb.specs.generate;

import org.jspecify.annotations.NullMarked;
