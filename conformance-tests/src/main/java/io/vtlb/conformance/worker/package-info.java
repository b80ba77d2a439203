/**
 * The kit in a child process: generator, target and monitor together, so that a target that is
 * called directly (a native library, a Java class) can be as fast as that, and still cannot take
 * the kit with it.
 *
 * <p>{@code Worker} is what runs in the child; {@code WorkerHarness} is its side in the parent.
 */
@NullMarked
package io.vtlb.conformance.worker;

import org.jspecify.annotations.NullMarked;
