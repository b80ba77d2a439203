/**
 * Runs one sequence against one target: plays guest and processor, and lets the monitor judge each
 * step.
 *
 * <p>What a step means is the model's business; what to run next is the caller's.
 */
@NullMarked
package io.vtlb.conformance.run;

import org.jspecify.annotations.NullMarked;
