/**
 * Measures the kit: how fast sequences are judged, and against what.
 *
 * <p>Figures are of one thread, after a warm-up; each states the time on the clock and the thread's
 * time on a processor.
 */
@NullMarked
package io.vtlb.conformance.bench;

import org.jspecify.annotations.NullMarked;
