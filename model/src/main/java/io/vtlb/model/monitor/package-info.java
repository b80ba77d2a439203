/**
 * Judges each step of a target against the rules, with at most one blame a step.
 *
 * <p>The monitor owns what it needs to know: the admissible translations of each virtual CPU, what
 * the processor may still hold, and what was dropped by which obligation. One judge a family of
 * rules; none of them drives anything. Claims 1 to 30; Intel SDM vol. 3, 4.10.
 */
@NullMarked
package io.vtlb.model.monitor;

import org.jspecify.annotations.NullMarked;
