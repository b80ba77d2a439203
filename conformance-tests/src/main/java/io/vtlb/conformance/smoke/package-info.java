/**
 * A first look at a target, message by message: which it answers rightly, and of the first that it
 * does not, what was said and what would have been right.
 *
 * <p>Each message has a sequence of a few operations that leads up to it, run as any other; how
 * answers are judged is not known here.
 */
@NullMarked
package io.vtlb.conformance.smoke;

import org.jspecify.annotations.NullMarked;
