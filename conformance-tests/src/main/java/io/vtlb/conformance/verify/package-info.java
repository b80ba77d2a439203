/** Runs many sequences against a target and sums up what the rules say. */
@NullMarked
package io.vtlb.conformance.verify;

import org.jspecify.annotations.NullMarked;
