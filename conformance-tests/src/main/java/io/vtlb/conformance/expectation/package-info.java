/**
 * Failures that are known: which they are, where each is tracked, and the file that lists them.
 *
 * <p>What an expected failure means for a verdict is said where verdicts are made.
 */
@NullMarked
package io.vtlb.conformance.expectation;

import org.jspecify.annotations.NullMarked;
