/**
 * Processes of targets: started, watched, bounded in time, memory and output, and ended with all
 * that they have started.
 *
 * <p>What is said over their pipes is not known here.
 */
@NullMarked
package io.vtlb.conformance.process;

import org.jspecify.annotations.NullMarked;
