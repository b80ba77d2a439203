/**
 * Tests of the target protocol: a program in Java that serves any target of this process over it,
 * and what comes of that compared with the target itself.
 */
@NullMarked
package io.vtlb.conformance.protocol;

import org.jspecify.annotations.NullMarked;
