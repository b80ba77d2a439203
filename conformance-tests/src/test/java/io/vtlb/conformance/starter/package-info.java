/**
 * Tests of what {@code vtlb new-target} writes: files, and targets that build and are found
 * wanting.
 */
@NullMarked
package io.vtlb.conformance.starter;

import org.jspecify.annotations.NullMarked;
