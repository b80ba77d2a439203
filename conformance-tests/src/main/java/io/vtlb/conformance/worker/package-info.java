/**
 * The kit in a child process: generator, target and monitor together, so that a target that is
 * called directly (a native library, a Java class) can be as fast as that, and still cannot take
 * the kit with it.
 *
 * <p>Here is the side of the parent; what runs in the child is in {@code
 * io.vtlb.conformance.child}.
 */
@NullMarked
package io.vtlb.conformance.worker;

import org.jspecify.annotations.NullMarked;
